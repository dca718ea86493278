using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>The criteria by group, what fades, and what the names stand for.</summary>
internal static class CriteriaSections
{
    internal static Section Of(RuleSet rules, AgreementText text)
    {
        List<PageBlock> blocks = [new Paragraph(text.CriteriaBody)];
        AddGroup(blocks, "fit", text.Fit, text.FitBody, CriterionGroup.Fit, rules, text);
        AddGroup(blocks, "interest", text.Interest, text.InterestBody, CriterionGroup.Interest, rules, text);
        if (Fading(rules, text) is { } fading)
            blocks.Add(fading);
        AddGroup(blocks, "bant", text.Bant, text.BantBody, CriterionGroup.Bant, rules, text);
        AddGroup(blocks, "blockers", text.Blockers, text.BlockersBody, CriterionGroup.Blocker, rules, text);
        return new("criteria", text.Criteria, blocks);
    }

    private static void AddGroup(List<PageBlock> blocks, string id, string title, string body, CriterionGroup group, RuleSet rules, AgreementText text)
    {
        var criteria = Every(rules).Where(criterion => criterion.Group == group).ToList();
        if (criteria.Count == 0)
            return;
        string[] columns = group is CriterionGroup.Fit or CriterionGroup.Interest
            ? [text.Criterion, text.MetWhen, text.Points]
            : [text.Criterion, text.MetWhen];
        blocks.Add(new Section(id, title, [new Paragraph(body), new CriteriaTable(columns, [.. criteria.Select(criterion => Row(rules, criterion, text))])]));
    }

    private static CriterionRow Row(RuleSet rules, Criterion criterion, AgreementText text) => new(
        criterion.Text.In(text.Language),
        ConditionText.Of(rules, criterion.When, text.Language),
        criterion.Group is CriterionGroup.Fit or CriterionGroup.Interest ? text.Number(criterion.Points) : null,
        FadingText.Note(criterion, text.Language));

    private static Section? Fading(RuleSet rules, AgreementText text)
    {
        if (FadingText.Of([.. Every(rules)], text.Language) is not { } table)
            return null;
        return new("fading", FadingText.Title(text.Language),
        [
            new Paragraph(FadingText.Body(text.Language)),
            new PlainTable([text.Criterion, .. table.Days], [.. table.Rows.Select(row => (IReadOnlyList<string>)[row.Criterion, .. row.Points])], Numbers: true),
            new Paragraph(FadingText.Footnote(text.Language)),
        ]);
    }

    /// <summary>What the names stand for; empty where every name stands for itself.</summary>
    internal static IEnumerable<Section> Names(RuleSet rules, AgreementText text)
    {
        var names = NamesText.Of(rules, [.. Every(rules)], text.Language);
        return names.Count == 0 ? [] : [new("names", text.Names,
        [
            new Paragraph(text.NamesBody),
            new PlainTable([text.Name, text.Covers], [.. names.Select(name => (IReadOnlyList<string>)[name.Name, name.Covers])]),
        ])];
    }

    // A criterion that only some policies ask stands here too; what differs between policies is said with them.
    private static IEnumerable<Criterion> Every(RuleSet rules) => rules.EveryCriterion.DistinctBy(criterion => criterion.Id);
}
