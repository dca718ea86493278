using System.Globalization;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports.History;

/// <summary>Some of the leads of a history file, as their episodes.</summary>
internal sealed class HistoryEpisodes(IEnumerable<ArraySegment<HistoryEntry>> rows, HistoryRows names)
{
    /// <summary>So many were handed out.</summary>
    public long Leads { get; private set; }
    public long Episodes { get; private set; }

    /// <summary>Episodes that were accepted before they were MQL: outside MQL to SAL.</summary>
    public long AcceptedFirst { get; private set; }

    /// <summary>The episodes of one lead one after the other. Call it once.</summary>
    public IEnumerable<EpisodeRow> Fold(CancellationToken cancellationToken)
    {
        var (fold, last) = (new HistoryFold("", imported: false), default(HistoryEntry));
        foreach (var stretch in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < stretch.Count; i++)
            {
                if (Leads == 0 || !stretch[i].IsOfLead(last))
                {
                    for (var (done, next) = (Counted(fold), 0); next < done.Count; next++)
                        yield return done[next];
                    last = stretch[i];
                    // The id itself is not kept: the line where the lead first comes finds it.
                    fold.Restart(string.Concat("line ", last.Line.ToString(CultureInfo.InvariantCulture)));
                    Leads++;
                }
                fold.Add(EventOf(stretch.AsSpan()[i]));
            }
        }
        foreach (var row in Counted(fold))
            yield return row;
    }

    private HistoryEvent EventOf(in HistoryEntry entry) => new((HistoryStage)entry.Stage, new(entry.Ticks, TimeSpan.Zero))
    {
        Source = names.Sources.NameOf(entry.Source), Owner = names.Owners.NameOf(entry.Owner), Connection = names.Connections.NameOf(entry.Connection),
        CompanyPrint = entry.Company,
    };

    private IReadOnlyList<EpisodeRow> Counted(HistoryFold fold)
    {
        var done = fold.Episodes();
        Episodes += done.Count;
        for (var i = 0; i < done.Count; i++)
            AcceptedFirst += done[i].AcceptedAt < done[i].MqlAt ? 1 : 0;
        return done;
    }
}
