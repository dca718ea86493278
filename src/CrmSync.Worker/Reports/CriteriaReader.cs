using System.Text.Json;
using CrmSync.Leads.Backtests;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>Counts what the criteria did, from what was found when leads were offered and what became of them.</summary>
internal static class CriteriaReader
{
    public static async Task<CriteriaReport> ReadAsync(IStoreReports reports, KpiQuestion question, CancellationToken cancellationToken)
    {
        var horizon = question.CustomerHorizon ?? await HorizonAsync(reports, question, cancellationToken);
        var tally = new CriteriaTally();
        await foreach (var (episode, findings) in reports.JudgedAsync(cancellationToken))
        {
            if (episode.SalesGenerated || episode.Superseded || !(episode.DecidedAt <= question.CutOff) || !question.Period.Has(episode.DecidedAt))
                continue;
            var accepted = episode.AcceptedAt <= question.CutOff;
            if (!accepted && !(episode.RejectedAt <= question.CutOff))
                continue;
            tally.Add(Parse(findings), accepted, accepted ? Won(episode, question.CutOff, horizon) : null);
        }
        return tally.Report();
    }

    /// <summary>For how many judged leads each criterion could not be answered: criterion, answered, unknown.</summary>
    public static async Task<IReadOnlyList<(string Criterion, int Answered, int Unknown)>> CoverageAsync(IStoreReports reports, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, (int Answered, int Unknown)>(StringComparer.Ordinal);
        await foreach (var findings in reports.FindingsAsync(cancellationToken))
        {
            foreach (var (criterion, _, result) in Parse(findings))
            {
                var (answered, unknown) = counts.GetValueOrDefault(criterion);
                counts[criterion] = result == CriterionResult.Unknown ? (answered, unknown + 1) : (answered + 1, unknown);
            }
        }
        return [.. counts.Select(count => (count.Key, count.Value.Answered, count.Value.Unknown)).OrderByDescending(count => count.Unknown)];
    }

    /// <summary>Won within the horizon; null while it is too young to tell.</summary>
    private static bool? Won(EpisodeRow episode, DateTimeOffset cutOff, TimeSpan horizon)
    {
        var isWon = episode.WonAt <= cutOff && episode.WonAt >= episode.AcceptedAt && episode.WonAt - episode.AcceptedAt <= horizon;
        return episode.AcceptedAt <= cutOff - horizon ? isWon : null;
    }

    private static async Task<TimeSpan> HorizonAsync(IStoreReports reports, KpiQuestion question, CancellationToken cancellationToken)
    {
        var tally = new KpiTally(question);
        await foreach (var row in reports.EpisodesAsync(cancellationToken))
            tally.Add(row);
        return tally.CustomerHorizon();
    }

    private static List<(string Criterion, CriterionGroup Group, CriterionResult Result)> Parse(string findings)
    {
        using var document = JsonDocument.Parse(findings);
        var parsed = new List<(string, CriterionGroup, CriterionResult)>();
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            return parsed;
        foreach (var finding in document.RootElement.EnumerateArray())
            if (Enum.TryParse<CriterionGroup>(finding.GetProperty("group").GetString(), ignoreCase: true, out var group)
                && Enum.TryParse<CriterionResult>(finding.GetProperty("result").GetString(), ignoreCase: true, out var result))
                parsed.Add((finding.GetProperty("criterion").GetString()!, group, result));
        return parsed;
    }
}
