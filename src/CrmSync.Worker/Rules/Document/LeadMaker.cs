using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Worker.Rules.Document;

/// <summary>A made-up lead. <paramref name="Given"/>: the facts that were chosen to meet conditions, in that order.</summary>
internal sealed record MadeLead(LeadFacts Facts, CoolOffPeriod? CoolOff, IReadOnlyList<string> Given);

/// <summary>
/// Makes leads that meet conditions, or fail them. Whatever it tries, the condition itself is asked whether it worked.
/// <paramref name="fresh"/>: what they do, they did just now, so that no point has faded.
/// </summary>
internal sealed class LeadMaker(RuleSet rules, DateTimeOffset at, string language, bool fresh = false)
{
    private readonly ValueMaker _values = new(rules, at, language, fresh);

    /// <summary>A lead of whom nothing happened yet: reachable, no deal, not opted out.</summary>
    internal MadeLead Start()
    {
        var facts = new LeadFacts.Builder(rules.Catalogue)
            .Set(WellKnownFacts.PersonEmail, FactValue.Of("mette@example.com"))
            .Set(WellKnownFacts.CompanyName, FactValue.Of(language == "da" ? "Eksempel A/S" : "Example Ltd"))
            .Set(WellKnownFacts.ConsentOptedOut, FactValue.Of(false))
            .Set(WellKnownFacts.DealOpen, FactValue.Of(false))
            .Set(WellKnownFacts.DealWon, FactValue.Of(false));
        foreach (var fact in rules.Catalogue.Definitions.Where(fact => fact.Type == FactType.Engagement))
            facts.Set(fact.Name, ValueMaker.Acts());
        return new(facts.Build(), null, []);
    }

    /// <summary>The lead with the condition met (or not met), or null if no way was found.</summary>
    internal MadeLead? Make(MadeLead lead, Condition condition, CriterionResult wanted = CriterionResult.Met)
    {
        if (Reads(lead, condition) == wanted)
            return lead;
        var opposite = wanted == CriterionResult.Met ? CriterionResult.NotMet : CriterionResult.Met;
        var made = condition switch
        {
            Negation not => Make(lead, not.Part, opposite),
            AtLeastOf several => Several(lead, several, wanted),
            InCoolOff => lead with { CoolOff = wanted == CriterionResult.Met ? new(at.AddDays(-7), at.AddDays(rules.CoolOff.OtherDays)) : null },
            _ => Single(lead, condition, wanted),
        };
        return made is not null && Reads(made, condition) == wanted ? made : null;
    }

    /// <summary>The lead with a value for one of the facts.</summary>
    internal MadeLead? Know(MadeLead lead, IReadOnlyList<int> slots) => slots.Count == 0 ? lead : Make(lead, new FactExists(slots));

    internal LeadContext Context(MadeLead lead) => new(at, lead.CoolOff);

    private CriterionResult Reads(MadeLead lead, Condition condition) => condition.Read(lead.Facts, Context(lead)).Result;

    private MadeLead Several(MadeLead lead, AtLeastOf several, CriterionResult wanted)
    {
        foreach (var part in several.Parts)
        {
            if (Reads(lead, several) == wanted)
                break;
            lead = Make(lead, part, wanted) ?? lead;
        }
        return lead;
    }

    private MadeLead? Single(MadeLead lead, Condition condition, CriterionResult wanted)
    {
        var fact = rules.Catalogue.Definitions[condition.Slots[0]];
        foreach (var value in _values.For(condition, fact))
        {
            var made = lead with { Facts = lead.Facts.With(fact.Name, value), Given = [.. lead.Given.Where(name => name != fact.Name), fact.Name] };
            if (Reads(made, condition) == wanted)
                return made;
        }
        return null;
    }
}
