using System.Globalization;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports.History;

/// <summary>Some of the leads of a history file, as their episodes.</summary>
internal sealed class HistoryEpisodes(IEnumerable<ArraySegment<HistoryEntry>> rows, HistoryRows names)
{
    private ulong _lead, _leadCheck;

    /// <summary>So many were handed out.</summary>
    public long Leads { get; private set; }
    public long Episodes { get; private set; }

    /// <summary>Episodes that were accepted before they were MQL: outside MQL to SAL.</summary>
    public long AcceptedFirst { get; private set; }

    /// <summary>The episodes of one lead one after the other. Call it once.</summary>
    public IEnumerable<EpisodeRow> Fold(CancellationToken cancellationToken)
    {
        var fold = new HistoryFold("", imported: false);
        foreach (var stretch in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A row of the array itself: a million times, what stands between costs something.
            var (entries, end) = (stretch.Array!, stretch.Offset + stretch.Count);
            for (var i = stretch.Offset; i < end; i++)
            {
                if (IsOfAnother(entries[i]))
                {
                    for (var (done, next) = (Counted(fold), 0); next < done.Count; next++)
                        yield return done[next];
                    Begin(fold, entries[i]);
                }
                Add(fold, entries[i]);
            }
        }
        foreach (var row in Counted(fold))
            yield return row;
    }

    private bool IsOfAnother(in HistoryEntry entry) => Leads == 0 || entry.Lead != _lead || entry.LeadCheck != _leadCheck;

    private void Begin(HistoryFold fold, in HistoryEntry entry)
    {
        (_lead, _leadCheck) = (entry.Lead, entry.LeadCheck);
        Leads++;
        // The id itself is not kept: the line where the lead first comes finds it.
        const string Prefix = "line ";
        Span<char> key = stackalloc char[32];
        Prefix.CopyTo(key);
        entry.Line.TryFormat(key[Prefix.Length..], out var digits, provider: CultureInfo.InvariantCulture);
        fold.Restart(new string(key[..(Prefix.Length + digits)]));
    }

    private void Add(HistoryFold fold, in HistoryEntry entry) => fold.Add(new((HistoryStage)entry.Stage, new(entry.Ticks, TimeSpan.Zero))
    {
        Source = names.Sources.NameOf(entry.Source), Owner = names.Owners.NameOf(entry.Owner), Connection = names.Connections.NameOf(entry.Connection),
        CompanyPrint = entry.Company,
    });

    private IReadOnlyList<EpisodeRow> Counted(HistoryFold fold)
    {
        var done = fold.Episodes();
        Episodes += done.Count;
        for (var i = 0; i < done.Count; i++)
            AcceptedFirst += done[i].IsAcceptedFirst ? 1 : 0;
        return done;
    }
}
