using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Review;

/// <summary>Finds gates that no lead passes, blockers that block everybody, and policies that judge nobody.</summary>
internal sealed class GateReview(SourceFile file, RuleSet rules, Reasoning reasoning, ReviewNotes notes)
{
    private readonly Dictionary<string, SourceCondition> _conditions =
        file.Criteria.Where(criterion => criterion.When is not null).ToDictionary(criterion => criterion.Id, criterion => criterion.When!, StringComparer.Ordinal);

    internal void Review()
    {
        foreach (var policy in rules.Policies.Append(rules.Default).Distinct())
        {
            var gates = new GateLook(file.Tree, policy, id => _conditions.GetValueOrDefault(id), reasoning, notes);
            gates.Look("mql", policy.Gates.Mql);
            gates.Look("offer", policy.Gates.Offer);
            gates.Look("sql", policy.Gates.SalesQualified);
        }
        Blockers();
        Requests();
        Doubles();
        Unasked();
        Shadowed();
        if (file.Tree.Nearest("gates", "sql") is var sql && sql == file.Tree.Nearest("gates"))
            notes.Note(sql, "Without a gate 'sql' every accepted lead is sales-qualified at once.", "Write sql: { met: [need] }.");
    }

    private void Blockers()
    {
        foreach (var blocker in rules.EveryCriterion.Where(criterion => criterion.Group == CriterionGroup.Blocker).DistinctBy(criterion => criterion.Id))
        {
            if (!_conditions.TryGetValue(blocker.Id, out var condition))
                continue;
            if (reasoning.Never(condition, AskedAnswer.AnythingButMet))
                notes.Error(condition.At, $"'{blocker.Id}' blocks every lead: none is ever offered.", "Narrow it.");
            foreach (var id in rules.Gates.Mql.Met.Concat(rules.Gates.Offer.Met).Select(index => rules.Criteria[index].Id).Where(_conditions.ContainsKey))
                if (!reasoning.Never(_conditions[id], AskedAnswer.Met) && reasoning.Implies(_conditions[id], condition))
                    notes.Error(condition.At, $"'{blocker.Id}' blocks every lead that meets '{id}', which the gates ask for: none is ever offered.", "Correct one of them.");
        }
    }

    private void Requests()
    {
        var idle = new LeadFacts.Builder(rules.Catalogue);
        foreach (var act in rules.Catalogue.Definitions.Where(definition => definition.Type == FactType.Engagement))
            idle.Set(act.Name, FactValue.Of(new Engagement { CompleteSince = DateTimeOffset.MinValue }));
        foreach (var request in rules.EveryCriterion.Where(criterion => criterion.HandRaise).DistinctBy(criterion => criterion.Id))
            if (_conditions.TryGetValue(request.Id, out var condition) && request.When.Read(idle.Build(), new(DateTimeOffset.UnixEpoch)).Result == CriterionResult.Met)
                notes.Warn(condition.At, $"'{request.Id}' is met by a lead that has done nothing: each such lead passes as if it had asked for sales.", "Ask for an act with seenWithin or countWithin.");
    }

    // An id given twice would count twice among several.
    private void Doubles()
    {
        foreach (var gate in (file.Tree.Find("gates") as YamlMap)?.Entries.Select(entry => entry.Value).OfType<YamlMap>() ?? [])
            foreach (var list in (YamlNode?[])[gate.Find("met"), gate.Find("noneNotMet"), gate.Find("anyKnown"), (gate.Find("atLeastOf") as YamlMap)?.Find("of")])
                if (list is YamlList { Items: var items })
                    foreach (var twice in items.OfType<YamlText>().GroupBy(item => item.Value).Where(same => same.Count() > 1))
                        notes.Warn(twice.Last(), $"'{twice.Key}' is listed twice and counts twice.", "Keep one of them.");
    }

    private void Unasked()
    {
        var asked = rules.Policies.Append(rules.Default).SelectMany(policy => policy.Gates.All
            .SelectMany(gate => gate.Met.Concat(gate.Of).Concat(gate.NoneNotMet)).Select(index => policy.Criteria[index].Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var criterion in file.Criteria.Where(criterion => criterion.Map.TextAt("group") == "bant" && !asked.Contains(criterion.Id)))
            notes.Note(criterion.Map, $"No gate asks for '{criterion.Id}': it is shown and decides nothing.", "Name it in 'met', 'atLeastOf' or 'noneNotMet'.");
    }

    private void Shadowed()
    {
        for (var i = 1; i < file.Policies.Count; i++)
            if (file.Policies[i].When is { } when && !reasoning.Never(when, AskedAnswer.Met)
                && file.Policies.Take(i).FirstOrDefault(earlier => earlier.When is { } first && reasoning.Implies(when, first)) is { } shadow)
                notes.Warn(when.At, $"The policy '{file.Policies[i].Id}' judges no lead: '{shadow.Id}' claims each of them before.", "Move it up, or narrow the other.");
    }
}
