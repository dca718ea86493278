using CrmSync.Leads.Kpis;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>The figures of a history file.</summary>
internal static class HistoryFigures
{
    /// <summary>Each part of the file is counted by itself, as many at once as there are processors, and then all are put together.</summary>
    /// <exception cref="LeadFileException">There is no room for what is too much for memory.</exception>
    public static async Task<KpiReport> OfAsync(HistoryFile file, KpiQuestion question, KpiSplit split, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        try
        {
            var counted = await Task.WhenAll(file.Parts.Select(part => Task.Run(() => Count(part, new(question, split, zone, file.Spill), cancellationToken), cancellationToken)));
            foreach (var other in counted.Skip(1))
                counted[0].Join(other);
            return counted[0].Report();
        }
        catch (Exception failure) when (failure is IOException or AggregateException { InnerException: IOException })
        {
            throw new LeadFileException(LeadFileFault.NotThere, Path.GetTempPath(), "There is no room to count the rows, or the disk fails.", "Free some room for temporary files (TMPDIR names their folder).");
        }
    }

    private static KpiGroups Count(HistoryEpisodes part, KpiGroups groups, CancellationToken cancellationToken)
    {
        foreach (var episode in part.Fold(cancellationToken))
            groups.Add(episode);
        return groups;
    }
}
