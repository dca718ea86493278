using System.Globalization;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>The policies that depart from the usual criteria; no section where one judges every lead.</summary>
internal static class PolicySection
{
    internal static IEnumerable<Section> Of(RuleSet rules, AgreementText text)
    {
        var policies = rules.Policies.Where(policy => policy.When is not null).Select((policy, i) => Show(rules, policy, i + 1, text)).ToList();
        return policies.Count == 0 ? [] : [new("policies", PolicyText.Title(text.Language), [new Paragraph(PolicyText.Body(text.Language)), .. policies])];
    }

    private static Section Show(RuleSet rules, Policy policy, int number, AgreementText text) => new(
        $"policy-{number.ToString(CultureInfo.InvariantCulture)}",
        $"{number.ToString(CultureInfo.InvariantCulture)}. {policy.Id}",
        [new Bullets(
        [
            PolicyText.Judges(rules, policy, text.Language),
            .. PolicyText.Departures(rules, policy, text.Language),
            .. GateSection.Each(rules, policy, text).Select(gate => new Clause(gate.Title, gate.Parts)),
        ])]);
}
