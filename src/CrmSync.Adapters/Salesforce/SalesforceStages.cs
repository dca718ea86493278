using CrmSync.Leads;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Finds the canonical stages among the values of the org's stage picklist. Salesforce has no such field of its own.</summary>
internal static class SalesforceStages
{
    private static readonly Dictionary<LifecycleStage, string[]> Usual = new()
    {
        [LifecycleStage.Lead] = ["Lead", "Open - Not Contacted"],
        [LifecycleStage.MarketingQualified] = ["MQL", "Marketing Qualified Lead", "Marketing Qualified"],
        [LifecycleStage.SalesAccepted] = ["SAL", "Sales Accepted Lead", "Sales Accepted", "Salgsaccepteret"],
        [LifecycleStage.SalesQualified] = ["SQL", "Sales Qualified Lead", "Sales Qualified"],
        [LifecycleStage.Opportunity] = ["Opportunity", "Salgsmulighed"],
        [LifecycleStage.Customer] = ["Customer", "Kunde"],
    };

    /// <summary>The values that set-up gives a new field.</summary>
    public static IReadOnlyList<string> Values { get; } = [.. Usual.Values.Select(names => names[0])];

    /// <param name="former">What was known before: it stays as long as the field cannot be seen.</param>
    /// <param name="converted">Values that stand for a conversion, which a plain write must never set.</param>
    /// <returns>The map, and the problems: a mapped stage that is not there, and one that the org lacks.</returns>
    public static (StageMap Map, IReadOnlyList<CrmProblem> Problems) Resolve(
        CrmConnection connection, SalesforceOptions options, SalesforceField? field, IReadOnlySet<string> converted, StageMap former)
    {
        if (field is null)
            return (former,
            [
                new("stage-field-missing", StageSight.ReachOf(former), $"Connections:{connection.Name}:Mapping:Options:StageField",
                    $"Leads have no field '{options.StageField}' that this user sees.", "crmsync setup creates it; or name the org's own stage field here, or let the user see it."),
            ]);
        var all = (field.PicklistValues ?? []).Where(v => v is { Value: not null, Active: not false } && !converted.Contains(v.Value)).ToList();
        var values = new Dictionary<LifecycleStage, string>();
        var problems = new List<CrmProblem>();
        foreach (var stage in Enum.GetValues<LifecycleStage>())
        {
            if (Find(connection, all, stage) is { } found)
                values[stage] = found.Value!;
            else
                problems.Add(Missing(connection, all, stage));
        }
        return (new StageMap(values, new Dictionary<string, LifecycleStage>(), all.Select(v => v.Value!)), problems);
    }

    private static SalesforcePicklistValue? Find(CrmConnection connection, List<SalesforcePicklistValue> all, LifecycleStage stage)
    {
        foreach (var wanted in connection.Mapping.Stages.TryGetValue(stage, out var mapped) ? [mapped] : Usual[stage])
            if ((all.Find(v => v.Value == wanted) ?? all.Find(v => string.Equals(v.Label, wanted, StringComparison.OrdinalIgnoreCase))) is { } found)
                return found;
        return null;
    }

    private static CrmProblem Missing(CrmConnection connection, List<SalesforcePicklistValue> all, LifecycleStage stage)
    {
        var setting = $"Connections:{connection.Name}:Mapping:Stages:{stage}";
        var valid = string.Join(", ", all.Select(v => v.Value));
        if (connection.Mapping.Stages.ContainsKey(stage))
            return new("stage-unknown", ProblemReach.Writing, setting, "The stage it names is not among the field's values, or stands for a conversion.", $"Choose one of: {valid}.");
        return stage == LifecycleStage.SalesAccepted
            ? new("stage-absent", ProblemReach.Hint, setting, "The org has no stage for accepted leads: the hand-over field alone will show them.",
                "Add the value 'SAL' to the stage field after the marketing-qualified one, or name an existing value here.")
            : new("stage-unknown", ProblemReach.Writing, setting, "The stage field has no value for this that is known by its name.",
                $"Name the one that stands for it: {valid}.");
    }
}
