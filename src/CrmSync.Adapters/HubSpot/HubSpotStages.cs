using CrmSync.Leads;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Finds the canonical stages among the options of an account's lifecycle property.</summary>
internal static class HubSpotStages
{
    private static readonly Dictionary<LifecycleStage, string> Defaults = new()
    {
        [LifecycleStage.Lead] = "lead",
        [LifecycleStage.MarketingQualified] = "marketingqualifiedlead",
        [LifecycleStage.SalesQualified] = "salesqualifiedlead",
        [LifecycleStage.Opportunity] = "opportunity",
        [LifecycleStage.Customer] = "customer",
    };

    private static readonly string[] AcceptedLabels = ["Sales Accepted", "Salgsaccepteret"];

    /// <summary>The map, and the problems: a mapped stage that is not there, and one that the account lacks.</summary>
    public static (StageMap Map, IReadOnlyList<CrmProblem> Problems) Resolve(CrmConnection connection, HubSpotProperty property)
    {
        var options = (property.Options ?? []).Where(o => o.Value is not null).OrderBy(o => o.DisplayOrder ?? int.MaxValue).ToList();
        var values = new Dictionary<LifecycleStage, string>();
        var problems = new List<CrmProblem>();
        foreach (var stage in Enum.GetValues<LifecycleStage>())
        {
            if (Find(connection, options, stage) is { } option)
                values[stage] = option.Value!;
            else
                problems.Add(Missing(connection, options, stage));
        }
        var aliases = new Dictionary<string, LifecycleStage>();
        if (options.Any(o => o.Value == "subscriber"))
            aliases["subscriber"] = LifecycleStage.Lead;
        return (new StageMap(values, aliases, options.Select(o => o.Value!)), problems);
    }

    private static HubSpotOption? Find(CrmConnection connection, List<HubSpotOption> options, LifecycleStage stage)
    {
        if (connection.Mapping.Stages.TryGetValue(stage, out var wanted))
            return options.Find(o => o.Value == wanted) ?? options.Find(o => string.Equals(o.Label, wanted, StringComparison.OrdinalIgnoreCase));
        if (Defaults.TryGetValue(stage, out var value))
            return options.Find(o => o.Value == value);
        return options.Find(o => IsAccepted(o.Label));
    }

    /// <summary>The stage that HubSpot does not ship, as accounts label it; "SAL" only as a word of its own.</summary>
    private static bool IsAccepted(string? label) =>
        label is not null
        && (AcceptedLabels.Any(l => label.Contains(l, StringComparison.OrdinalIgnoreCase))
            || label.Split([' ', '(', ')', '-', '/', ':', '.'], StringSplitOptions.RemoveEmptyEntries).Contains("SAL"));

    private static CrmProblem Missing(CrmConnection connection, List<HubSpotOption> options, LifecycleStage stage)
    {
        var setting = $"Connections:{connection.Name}:Mapping:Stages:{stage}";
        var valid = string.Join(", ", options.Select(o => $"{o.Value} ({o.Label})"));
        if (connection.Mapping.Stages.ContainsKey(stage))
            return new("stage-unknown", ProblemReach.Writing, setting, "The lifecycle stage it names is not in this account.", $"Choose one of: {valid}.");
        return stage == LifecycleStage.SalesAccepted
            ? new("stage-absent", ProblemReach.Hint, setting, "The account has no stage for accepted leads: the hand-over field alone will show them.",
                "Create a lifecycle stage 'Sales Accepted Lead' after the marketing-qualified one, or name an existing stage here.")
            : new("stage-unknown", ProblemReach.Writing, setting, "The account has no longer the default stage for this.",
                $"Name the one that stands for it: {valid}.");
    }
}
