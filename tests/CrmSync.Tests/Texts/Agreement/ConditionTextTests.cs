using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Texts.Agreement;

/// <summary>Conditions in plain words.</summary>
public sealed class ConditionTextTests
{
    /// <summary>One condition for each kind and operator, with its two sentences.</summary>
    public static TheoryData<string, string, string> Sentences => new()
    {
        { "{ fact: company.industry, op: in, value: [software, food] }", "Branchen er software eller fødevareindustri", "The industry is software or food industry" },
        { "{ fact: company.system, op: eq, value: SAP }", "Feltet \"company.system\" er \"SAP\"", "The field \"company.system\" is \"SAP\"" },
        { "{ fact: person.emailDomain, op: eq, value: free-mail }", "Mailadressen er en gratis mailadresse", "The e-mail address is of a free mail service" },
        { "{ not: { fact: company.country, op: in, value: [DK, SE] } }", "Virksomhedens land er ikke Danmark eller Sverige", "The company's country is not Denmark or Sweden" },
        { "{ fact: [company.country, person.country], op: eq, value: DE }", "Virksomhedens land (eller, hvis ukendt, personens land) er Tyskland", "The company's country (or, where unknown, the person's country) is Germany" },
        { "{ fact: person.role, op: contains, value: [manager, c-level] }", "Rollen indeholder et ord for chef eller leder eller topledelse", "The role contains a word for manager or C-level" },
        { "{ fact: person.role, op: contains, value: [owner, '*mester'] }", "Rollen indeholder et ord for ejer eller ordet \"…mester\"", "The role contains a word for owner or the word \"…mester\"" },
        { "{ not: { fact: person.role, op: contains, value: [vikar, temp] } }", "Rollen indeholder ikke et af ordene \"vikar\" eller \"temp\"", "The role does not contain one of the words \"vikar\" or \"temp\"" },
        { "{ fact: company.employees, op: between, value: [20, 1000] }", "Virksomheden har 20 til 1.000 ansatte", "The company has 20 to 1,000 employees" },
        { "{ fact: company.employees, op: moreThan, value: 1500 }", "Virksomheden har flere end 1.500 ansatte", "The company has more than 1,500 employees" },
        { "{ not: { fact: company.employees, op: lessThan, value: 20 } }", "Virksomheden har ikke færre end 20 ansatte", "The company does not have fewer than 20 employees" },
        { "{ fact: company.turnover, op: atLeast, value: 2.5 }", "Feltet \"Omsætning\" er mindst 2,5", "The field \"Turnover\" is at least 2.5" },
        { "{ fact: company.turnover, op: atMost, value: 1000000 }", "Feltet \"Omsætning\" er højst 1.000.000", "The field \"Turnover\" is at most 1,000,000" },
        { "{ fact: company.turnover, op: eq, value: 7 }", "Feltet \"Omsætning\" er præcis 7", "The field \"Turnover\" is exactly 7" },
        { "{ fact: company.competitor, op: eq, value: true }", "Feltet \"Konkurrent\" er sat til ja", "The field \"Competitor\" is set to yes" },
        { "{ not: { fact: company.competitor, op: eq, value: true } }", "Feltet \"Konkurrent\" er sat til nej", "The field \"Competitor\" is set to no" },
        { "{ fact: deal.open, op: eq, value: false }", "Der er ingen åben sag", "There is no open deal" },
        { "{ fact: consent.optedOut, op: eq, value: true }", "Personen har frameldt sig", "The person has opted out" },
        { "{ fact: bant.need, op: eq, value: met }", "Behovet er bekræftet (ja)", "The need is confirmed (yes)" },
        { "{ fact: bant.board, op: eq, value: notMet }", "Feltet \"Bestyrelse\" er afkræftet (nej)", "The field \"Board\" is ruled out (no)" },
        { "{ fact: person.phone, op: exists }", "Telefonnummeret er kendt", "The phone number is known" },
        { "{ not: { fact: [company.name, company.domain], op: exists } }", "Hverken virksomhedens navn eller virksomhedens domæne er kendt", "Neither the company's name nor the company's domain is known" },
        { "{ fact: person.wishes, op: in, value: [Demo] }", "Feltet \"Ønsker\" er \"Demo\"", "The field \"Wishes\" is \"Demo\"" },
        { "{ fact: contract.ends, op: seenWithin, within: 30d }", "Feltet \"Kontrakt udløber\" ligger højst 30 dage tilbage", "The field \"Contract ends\" lies at most 30 days back" },
        { "{ fact: contract.ends, op: dueWithin, within: 1d }", "Feltet \"Kontrakt udløber\" ligger højst 1 dag frem", "The field \"Contract ends\" lies at most 1 day ahead" },
        { "{ fact: contract.ends, op: olderThan, value: 365d }", "Feltet \"Kontrakt udløber\" ligger mere end 365 dage tilbage", "The field \"Contract ends\" lies more than 365 days back" },
        { "{ fact: engagement.webinarAttended, op: seenWithin, within: 60d }", "Deltog i et webinar inden for 60 dage", "Attended a webinar within 60 days" },
        { "{ not: { fact: engagement.pageView, op: seenWithin, within: 36h } }", "Ingen sidevisninger på 36 timer", "No page views in 36 hours" },
        { "{ fact: engagement.pageView, op: countWithin, value: 3, within: 30d }", "Mindst 3 sidevisninger på 30 dage", "At least 3 page views in 30 days" },
        { "{ not: { fact: engagement.pageView, op: countWithin, value: 3, within: 30d } }", "Færre end 3 sidevisninger på 30 dage", "Fewer than 3 page views in 30 days" },
        { "{ fact: [engagement.pageView, engagement.emailClick], op: countWithin, value: 5, within: 30d }", "Mindst 5 sidevisninger eller klik i nyhedsbreve, lagt sammen, på 30 dage", "At least 5 page views or newsletter clicks, added together, in 30 days" },
        { "{ op: inCoolOff }", "Karensperioden efter et nej løber: 180 dage efter \"ikke nu\", 90 dage efter andre nej, for altid efter \"aldrig relevant\"", "The cool-off after a no is running: 180 days after \"bad timing\", 90 days after any other no, for good after \"never relevant\"" },
        { "{ all: [{ fact: deal.open, op: eq, value: true }, { any: [{ fact: person.phone, op: exists }, { fact: person.email, op: exists }] }] }", "Alt følgende gælder: [Der er en åben sag; Mindst ét af følgende gælder: [Telefonnummeret er kendt; Mailadressen er kendt]]", "All of these hold: [There is an open deal; At least one of these holds: [The phone number is known; The e-mail address is known]]" },
        { "{ not: { any: [{ fact: person.phone, op: exists }, { fact: person.email, op: exists }] } }", "Intet af følgende gælder: [Telefonnummeret er kendt; Mailadressen er kendt]", "None of these holds: [The phone number is known; The e-mail address is known]" },
        { "{ not: { all: [{ fact: person.phone, op: exists }, { fact: person.email, op: exists }] } }", "Ikke alt følgende gælder: [Telefonnummeret er kendt; Mailadressen er kendt]", "Not all of these hold: [The phone number is known; The e-mail address is known]" },
        { "{ atLeastOf: { count: 2, of: [{ fact: person.phone, op: exists }, { fact: person.email, op: exists }, { fact: person.role, op: exists }] } }", "Mindst 2 af følgende 3 gælder: [Telefonnummeret er kendt; Mailadressen er kendt; Rollen er kendt]", "At least 2 of these 3 hold: [The phone number is known; The e-mail address is known; The role is known]" },
        { "{ not: { not: { fact: person.phone, op: exists } } }", "Telefonnummeret er kendt", "The phone number is known" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Says_what_the_rule_says(string when, string danish, string english)
    {
        Assert.Equal(danish, ConditionSamples.Say(when, "da"));
        Assert.Equal(english, ConditionSamples.Say(when, "en"));
    }

    [Fact]
    public void Every_kind_of_condition_has_a_sentence()
    {
        var kinds = typeof(Condition).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Condition)) && !type.IsAbstract).Select(type => type.Name);
        var said = Sentences.SelectMany(row => Kinds(ConditionSamples.Rules(row.Data.Item1).Criteria[0].When)).ToHashSet();
        Assert.Empty(kinds.Except(said));
    }

    [Fact]
    public void Every_operator_of_every_type_has_a_sentence()
    {
        foreach (var (fact, type) in FactOfEachType)
            foreach (var op in OperatorsOf(fact, type))
                Assert.Contains(Sentences, row => row.Data.Item1.Contains($"op: {op}", StringComparison.Ordinal));
    }

    private static readonly (string Fact, FactType Type)[] FactOfEachType =
    [
        ("company.system", FactType.Text), ("company.turnover", FactType.Number), ("company.competitor", FactType.Flag), ("contract.ends", FactType.Instant),
        ("person.wishes", FactType.Choices), ("bant.board", FactType.Bant), ("engagement.pageView", FactType.Engagement),
    ];

    // The reader itself names the operators of a type when it refuses one of another.
    private static string[] OperatorsOf(string fact, FactType type)
    {
        Assert.Equal(Enum.GetValues<FactType>().Order(), FactOfEachType.Select(one => one.Type).Order());
        var text = RuleSamples.ShippedText.Replace("\nfacts:\n", "\nfacts:\n" + $"  - {{ name: {fact}, type: {type.ToString().ToLowerInvariant()}, from: {{}} }}\n");
        if (type is FactType.Engagement)
            text = RuleSamples.ShippedText;
        if (fact == "company.competitor")
            text = RuleSamples.ShippedText;
        var foreign = type is FactType.Engagement ? "between" : "countWithin";
        var broken = text.Replace("{ fact: company.industry, op: in, value: [software, machinery, electronics, metal, food] }", $"{{ fact: {fact}, op: {foreign}, value: 1 }}");
        var problem = RuleFile.Parse(broken, "r.yaml").Problems.First(p => p.Message.StartsWith($"'{foreign}' does not fit '{fact}'", StringComparison.Ordinal));
        return problem.Repair["It takes ".Length..].TrimEnd('.').Split(", ");
    }

    private static IEnumerable<string> Kinds(Condition condition) => condition switch
    {
        Leads.Rules.Conditions.AtLeastOf several => [condition.GetType().Name, .. several.Parts.SelectMany(Kinds)],
        Leads.Rules.Conditions.Negation not => [condition.GetType().Name, .. Kinds(not.Part)],
        _ => [condition.GetType().Name],
    };
}
