using CrmSync.Leads.Handover;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Brakes;

/// <summary>
/// Keeps a young connection from offering more leads a day than sales can answer. What is held back goes first on the
/// next day, best score first, and keeps to the limits until it is through, however long that takes.
/// </summary>
internal sealed class OfferBrake(ConnectionMemory memory, IOfferBook book, RuleSource rules)
{
    /// <summary>The local day by which offers are counted.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => Calendar.DayOf(instant);

    /// <summary>When a lead held back today is looked at again: as the next day begins, the best score first.</summary>
    public DateTimeOffset NextTurn(HeldBack held) =>
        Calendar.At(held.Day.AddDays(1), TimeOnly.MinValue).AddMilliseconds(200 - Math.Clamp(held.Score, 0, 200));

    /// <summary>Which of the wishes may not be fulfilled today, by lead key, and why.</summary>
    public async Task<IReadOnlyDictionary<string, HeldBack>> RefuseAsync(
        ConnectedCrm connection, IReadOnlyList<OfferWish> wishes, DateTimeOffset live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<string, HeldBack>();
        var braked = wishes.Where(w => w is { IsNewOffer: true, HandRaise: false } && IsBraked(connection.Offers, w, live, now)).ToList();
        if (braked.Count == 0)
            return refused;
        var day = DayOf(now);
        var tally = await TallyAsync(connection.Name, day, cancellationToken);
        var before = tally.All;
        var first = (await EarlierAsync(connection.Name, day, tally, cancellationToken)).ToDictionary(lead => lead.LeadKey, lead => lead.Memory.BrakeHold!);
        // Those of an earlier day in order of score; then the new ones, whoever did something last before the others.
        foreach (var wish in braked.OrderBy(w => IsEarlier(w, day) ? -1 - w.Score : 0).ThenByDescending(w => w.EvidenceAt))
        {
            first.Remove(wish.LeadKey);
            if (tally.Has(wish.LeadKey))
                continue;
            var (ahead, aheadOfOwner) = IsEarlier(wish, day) ? (0, 0) : (first.Count, first.Values.Count(h => h.OwnerId == wish.OwnerId));
            if (tally.HasRoom(connection.Offers, wish.OwnerId, ahead, aheadOfOwner))
                tally.Add(wish);
            else
                refused[wish.LeadKey] = wish.Held(tally.All + ahead >= connection.Offers.PerDay ? HoldCause.ConnectionDay : HoldCause.OwnerDay, now, day);
        }
        // Counted before it is recorded: a crash between may waste a place, and never gives one twice.
        if (tally.All > before)
            await memory.WriteAsync(connection.Name, ConnectionMemory.OffersToday, tally, cancellationToken);
        return refused;
    }

    /// <summary>How many were let through today, by owner.</summary>
    public async Task<OfferTally> TallyAsync(string connection, DateOnly day, CancellationToken cancellationToken) =>
        await memory.ReadAsync<OfferTally>(connection, ConnectionMemory.OffersToday, cancellationToken) is { } kept && kept.Day == day ? kept : new(day, []);

    private BusinessCalendar Calendar => BusinessCalendar.Of(rules.Current.Sla);

    private static bool IsBraked(OfferLimits limits, OfferWish wish, DateTimeOffset live, DateTimeOffset now) =>
        now < live.AddDays(limits.Days) || (limits.Days > 0 && wish.Before is { Cause: not HoldCause.Pilot });

    private static bool IsEarlier(OfferWish wish, DateOnly day) => wish.Before is { Cause: not HoldCause.Pilot } held && held.Day < day;

    /// <summary>Leads held back on an earlier day whose turn today has not come yet: places are kept for them.</summary>
    private async Task<IEnumerable<LeadRecord>> EarlierAsync(string connection, DateOnly day, OfferTally tally, CancellationToken cancellationToken) =>
        (await book.LeadsAsync(connection, LeadFilter.Held, cancellationToken))
            .Where(lead => lead.Memory is { IsGone: false, Parked: null, BrakeHold: { Cause: not HoldCause.Pilot } held } && held.Day < day && !tally.Has(lead.LeadKey));
}
