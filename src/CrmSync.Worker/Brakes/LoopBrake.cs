using CrmSync.Leads;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Brakes;

/// <summary>
/// Parks a lead whose stage goes to and fro between us and somebody else, an automation most likely: nothing more is
/// written to it until an admin has looked at what happened and lets it go.
/// </summary>
internal sealed partial class LoopBrake(ConnectionMemory memory, IOfferBook book, ILogger<LoopBrake> log)
{
    /// <summary>So many flips within <see cref="Window"/> are a loop.</summary>
    public const int Flips = 3;

    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>The leads with those parked that somebody has just flipped once too often, and those let go that an admin approved.</summary>
    /// <param name="seen">Changes of this reading that are not in the audit yet, by lead key.</param>
    public async Task<IReadOnlyList<LeadRecord>> CheckAsync(
        string connection, IReadOnlyList<LeadRecord> known, IReadOnlyDictionary<string, StageChange> seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = known.Where(lead => lead.Memory.Parked is not null || seen.ContainsKey(lead.LeadKey)).ToList();
        if (asked.Count == 0)
            return [];
        var history = await book.StageChangesAsync([.. asked.Select(lead => lead.LeadKey)], cancellationToken);
        var changed = new List<LeadRecord>();
        foreach (var lead in asked)
        {
            var letGo = history.ContainsKey(lead.LeadKey)
                ? await memory.InstantAsync(connection, ConnectionMemory.LetGo + lead.LeadKey, cancellationToken)
                : null;
            var parked = lead.Memory.Parked is { } before && before.Since > (letGo ?? DateTimeOffset.MinValue) ? before : null;
            if (parked is null && seen.TryGetValue(lead.LeadKey, out var change) && history.TryGetValue(lead.LeadKey, out var changes))
                parked = Loop([.. changes, change], letGo > now - Window ? letGo.Value : now - Window, now);
            if (parked == lead.Memory.Parked)
                continue;
            changed.Add(lead with { Memory = lead.Memory with { Parked = parked } });
            if (parked is not null)
                LogLine.Parked(log, new(connection, lead.LeadId), parked.Changes.Count, connection, lead.LeadId);
        }
        return changed;
    }

    /// <summary>The changes that make up a loop; null when there are too few flips.</summary>
    internal static Parking? Loop(IReadOnlyList<StageChange> changes, DateTimeOffset since, DateTimeOffset now)
    {
        var (recent, flips, at) = (new List<StageChange>(), 0, DateTimeOffset.MinValue);
        foreach (var change in changes)
        {
            // One that nobody dated came no earlier than the one before it.
            at = change.At > at ? change.At.Value : at;
            if (at <= since && change != changes[^1])
                continue;
            if (recent.Count > 0 && recent[^1].Ours != change.Ours && IsForward(recent[^1]) != IsForward(change))
                flips++;
            recent.Add(change);
        }
        return flips >= Flips ? new(now, recent) : null;
    }

    private static bool IsForward(StageChange change) => Rank(change.To) > Rank(change.From);

    private static int Rank(string? stage) => Enum.TryParse<LifecycleStage>(stage, out var known) ? (int)known : -1;

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message =
            "{LeadRef} is parked: its stage went to and fro in {Changes} changes within 24 hours. Nothing more is written to it. See 'crmsync explain {Connection}/{LeadId}', stop the other automation, then 'crmsync approve {Connection} --lead {LeadId}'.")]
        public static partial void Parked(ILogger logger, LeadRef leadRef, int changes, string connection, string leadId);
    }
}
