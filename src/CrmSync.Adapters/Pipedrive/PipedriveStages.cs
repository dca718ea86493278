using CrmSync.Leads;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Finds the canonical stages among the options of the account's stage field. Pipedrive's leads have no stage of their own. Options are
/// kept by their ids: a new label changes nothing.
/// </summary>
internal static class PipedriveStages
{
    private static readonly Dictionary<LifecycleStage, string[]> Usual = new()
    {
        [LifecycleStage.Lead] = ["Lead"],
        [LifecycleStage.MarketingQualified] = ["MQL", "Marketing Qualified Lead", "Marketing Qualified", "MarketingQualified"],
        [LifecycleStage.SalesAccepted] = ["SAL", "Sales Accepted Lead", "Sales Accepted", "SalesAccepted", "Salgsaccepteret"],
        [LifecycleStage.SalesQualified] = ["SQL", "Sales Qualified Lead", "Sales Qualified", "SalesQualified"],
        [LifecycleStage.Opportunity] = ["Opportunity", "Salgsmulighed"],
        [LifecycleStage.Customer] = ["Customer", "Kunde"],
    };

    /// <summary>The options that set-up gives a new field.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. Usual.Values.Select(names => names[0])];

    /// <summary>The map, and the problems: a mapped stage that is not there, and one that the account lacks.</summary>
    /// <param name="former">What was known before: a relabelled option keeps its meaning.</param>
    public static (StageMap Map, IReadOnlyList<CrmProblem> Problems) Resolve(CrmConnection connection, PipedriveFieldBook book, StageMap former)
    {
        var setting = $"Connections:{connection.Name}:Mapping:Options:StageField";
        if (book.HasDoubleStage)
            return (former, [new("field-ambiguous", ProblemReach.Everything, setting, "Several deal fields have the name of the stage field.", "Name the right one by its key here.")]);
        if (book.Stage is not { } field)
            return (former, [new("stage-field-missing", StageSight.ReachOf(former), setting, "The account has no deal field for the stage.", "crmsync setup creates it; or name the account's own field here.")]);
        var choices = (field.Options ?? []).Where(o => o is { Id: not null, Label: not null }).ToList();
        var values = new Dictionary<LifecycleStage, string>();
        var problems = new List<CrmProblem>();
        foreach (var stage in Enum.GetValues<LifecycleStage>())
        {
            if (Find(connection, choices, stage, former) is { } found)
                values[stage] = found.Id!;
            else
                problems.Add(Missing(connection, choices, stage));
        }
        return (new StageMap(values, new Dictionary<string, LifecycleStage>(), choices.Select(o => o.Id!)), problems);
    }

    private static PipedriveChoice? Find(CrmConnection connection, List<PipedriveChoice> choices, LifecycleStage stage, StageMap former)
    {
        var mapped = connection.Mapping.Stages.GetValueOrDefault(stage);
        foreach (var wanted in mapped is null ? Usual[stage] : [mapped])
            if ((choices.Find(o => o.Id == wanted) ?? choices.Find(o => string.Equals(o.Label!.Trim(), wanted, StringComparison.OrdinalIgnoreCase))) is { } found)
                return found;
        return former.ValueOf(stage) is { } known ? choices.Find(o => o.Id == known) : null;
    }

    private static CrmProblem Missing(CrmConnection connection, List<PipedriveChoice> choices, LifecycleStage stage)
    {
        var setting = $"Connections:{connection.Name}:Mapping:Stages:{stage}";
        var valid = string.Join(", ", choices.Select(o => $"{o.Label} ({o.Id})"));
        if (connection.Mapping.Stages.ContainsKey(stage))
            return new("stage-unknown", ProblemReach.Writing, setting, "The option it names is not among the stage field's.", $"Choose one of: {valid}.");
        return stage == LifecycleStage.SalesAccepted
            ? new("stage-absent", ProblemReach.Hint, setting, "The account has no stage for accepted leads: the hand-over field alone will show them.",
                "Add the option 'SAL' to the stage field after the marketing-qualified one, or name an existing one here.")
            : new("stage-unknown", ProblemReach.Writing, setting, "The stage field has no option for this that is known by its label.", $"Name the one that stands for it: {valid}.");
    }
}
