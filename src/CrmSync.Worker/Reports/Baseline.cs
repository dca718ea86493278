using CrmSync.Leads;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>Leads by an owner; null: nobody has them.</summary>
public sealed record OwnedLeads(string? OwnerId, int Leads);

/// <summary>Undecided MQLs that are at least so old, in days; null: since when is not known.</summary>
public sealed record AgedLeads(int? AgeDays, int Leads);

/// <summary>A criterion and for how many judged leads it could not be answered.</summary>
public sealed record CoveredCriterion(string Criterion, int Answered, int Unknown);

/// <summary>How a connection stands before anything is changed: what there is, whose it is, and what the rules would do with it.</summary>
public sealed record Baseline(
    string Connection, int Leads, IReadOnlyDictionary<string, int> Stages, int WithoutOwner,
    IReadOnlyList<AgedLeads> UndecidedByAge, IReadOnlyList<OwnedLeads> UndecidedByOwner,
    IReadOnlyList<OwnedLeads> WouldOffer, IReadOnlyDictionary<string, int> StageWriters)
{
    /// <summary>The ages at which undecided leads are told apart, in days.</summary>
    public static IReadOnlyList<int> Ages { get; } = [7, 30, 90];

    public static Baseline Of(string connection, BaselineCounts counts)
    {
        var undecided = counts.Groups.Where(group => group is { Stage: nameof(LifecycleStage.MarketingQualified), Decided: false }).ToList();
        return new(
            connection, counts.Groups.Sum(group => group.Leads),
            counts.Groups.GroupBy(group => group.Stage ?? "Unknown").OrderBy(Rank).ToDictionary(group => group.Key, group => group.Sum(g => g.Leads)),
            counts.Groups.Where(group => group.OwnerId is null).Sum(group => group.Leads),
            [.. undecided.GroupBy(group => group.AgeDays).OrderBy(group => group.Key ?? int.MaxValue).Select(group => new AgedLeads(group.Key, group.Sum(g => g.Leads)))],
            ByOwner(undecided), ByOwner(counts.Groups.Where(group => group is { Verdict: "Offer", InHandover: false })), counts.Writers);
    }

    private static IReadOnlyList<OwnedLeads> ByOwner(IEnumerable<BaselineGroup> groups) =>
        [.. groups.GroupBy(group => group.OwnerId).Select(group => new OwnedLeads(group.Key, group.Sum(g => g.Leads))).OrderByDescending(owned => owned.Leads).ThenBy(owned => owned.OwnerId, StringComparer.Ordinal)];

    private static int Rank(IGrouping<string, BaselineGroup> group) => Enum.TryParse<LifecycleStage>(group.Key, out var stage) ? (int)stage : int.MaxValue;
}
