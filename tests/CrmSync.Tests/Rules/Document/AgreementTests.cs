using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Tests.Rules.Document;

/// <summary>What the criteria agreement of the shipped rules says.</summary>
public sealed class AgreementTests
{
    private static readonly string[] DanishLines =
    [
        "# Aftale om overdragelse af leads",
        "- **Gælder fra:** 01.01.2026",
        "- **Branche i målgruppen** (point: 25): Branchen er software, maskinindustri, elektronikindustri, metalindustri eller fødevareindustri.",
        "- **Virksomhedens størrelse** (point: 25): Virksomheden har 20 til 1.000 ansatte.",
        "- **Besøg på websitet** (point: 15, halveres på 30 dage): Mindst 3 sidevisninger på 30 dage.",
        "| Deltog i webinar | 20 | 10 | 5 |",
        "| Besøg på websitet | 15 | 8 | – |",
        "- Match er mindst 50 af 100, og interesse er mindst 30 af 100.",
        "- \"Aktiv henvendelse\" træder i stedet for pointkravene: et lead, der selv beder om kontakt, skal ikke vente på point.",
        "- Telefonnummeret eller mailadressen er kendt.",
        "- Mindst 2 af disse 4 er opfyldt: Behov, Tidsplan, Budget og Beslutter.",
        "- Salg svarer inden for 1 arbejdsdag; på en aktiv henvendelse inden for 4 arbejdstimer.",
        "- Arbejdstid: mandag–fredag kl. 08.00–16.00 (tidszone Europe/Copenhagen); kun den tæller.",
        "- Der rykkes for svar, når 50 % af tiden er gået, og når fristen er nået.",
        "- Tavshed er ikke et ja: 7 dage efter fristen går leadet tilbage til marketing, og karensperioden er 90 dage.",
        "- Et lead sendt til salg fredag 02.01.2026 kl. 15.00: svar senest mandag 05.01.2026 kl. 15.00.",
        "| Afvis: ikke nu | Tilbage til marketing. Kan sendes igen efter 180 dage, hvis der er sket noget nyt, eller straks, hvis leadet selv henvender sig. |",
    ];

    private static readonly string[] EnglishLines =
    [
        "# Lead hand-over agreement",
        "- **Effective from:** 1 Jan 2026",
        "- **Company size** (points: 25): The company has 20 to 1,000 employees.",
        "- **Hand-raise** (points: 40, does not fade): At least one of these holds:",
        "  - Asked for a demo, price or contact within 14 days.",
        "- **Website visits** (points: 15, halved in 30 days): At least 3 page views in 30 days.",
        "| Criterion | After 0 days | After 30 days | After 60 days |",
        "- Fit is at least 50 of 100, and interest is at least 30 of 100.",
        "- None of these is answered with no: Need, Timeline, Budget or Authority; unknown is fine.",
        "- Business hours: Monday to Friday 08:00–16:00 (time zone Europe/Copenhagen); only these count.",
        "- A hand-raise sent to sales on Friday 2 Jan 2026, 15:00: answer by Monday 5 Jan 2026, 11:00.",
        "| Reject: never relevant (competitor, vendor, student, job seeker, no consent) | Back to marketing. Never sent to sales again. |",
    ];

    [Theory]
    [InlineData("da")]
    [InlineData("en")]
    public void Has_the_lines_that_were_agreed(string language)
    {
        var lines = Pages.Markdown(RuleSamples.Shipped, language).Split('\n');
        Assert.Empty((language == "da" ? DanishLines : EnglishLines).Except(lines));
    }

    [Theory]
    [InlineData("da")]
    [InlineData("en")]
    public void Names_every_criterion_and_gate(string language)
    {
        string[] pages = [Pages.Markdown(RuleSamples.Shipped, language), Pages.Words(Pages.Html(RuleSamples.Shipped, language))];
        string[] gates = language == "da"
            ? ["Et lead bliver MQL, når", "Et MQL sendes til salg, når", "Et SAL bliver SQL, når"]
            : ["A lead becomes an MQL when", "An MQL is sent to sales when", "A SAL becomes an SQL when"];
        foreach (var page in pages)
        {
            Assert.All(RuleSamples.Shipped.Criteria, criterion => Assert.Contains(criterion.Text.In(language), page, StringComparison.Ordinal));
            Assert.All(gates, gate => Assert.Contains(gate, page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Speaks_no_English_in_Danish()
    {
        var page = Pages.Markdown(RuleSamples.Shipped, "da");
        var agreed = page[..page.IndexOf("## Bilag", StringComparison.Ordinal)].Replace("(budget, authority, need, timeline)", "");
        Assert.DoesNotMatch(@"(?i)\b(the|and|or|points|days?|within|least|sales|lead is|yes|hand-raise|need|timeline)\b", agreed);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Is_the_same_in_every_culture(string name)
    {
        var expected = Pages.Html(RuleSamples.Shipped, "da");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(name);
            Assert.Equal(expected, Pages.Html(RuleSamples.Shipped, "da"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Follows_the_rules_when_they_change()
    {
        var rules = Changed(("value: [20, 1000]", "value: [50, 2500]"), ("silence: return", "silence: accept"), ("acceptOn: answer", "acceptOn: action"),
            ("assign: { to: owner }", "assign: { to: turns, people: [anna, bo] }"), ("escalateAt: [50, 100]", "escalateAt: []"), ("mqlFrom: both", "mqlFrom: crm"),
            ("holidays: [DK]", "holidays: [2026-12-25, 2026-12-24]"), ("interest: { halfLife: 30d }", "interest: { cap: 80, halfLife: 10d }"));
        var page = Pages.Markdown(rules, "da");
        Assert.All(
            new[]
            {
                "Virksomheden har 50 til 2.500 ansatte.", "accepteret ved tavshed", "eller en handling", "på skift mellem anna og bo", "Disse dage tæller ikke: 24.12.2026 og 25.12.2026.",
                "Efter 20 dage", "interesse er mindst 30 af 80", "fra 0 til 80", "kun MQL, når en person",
            },
            expected => Assert.Contains(expected, page, StringComparison.Ordinal));
        Assert.DoesNotContain("rykkes", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_which_days_end_early()
    {
        var rules = Changed(("holidays: [DK]", "holidays: [DK, { day: DK/christmas-eve, until: 12:00 }, { day: 2026-12-30, until: 12:00 }]"));
        Assert.Contains("Disse dage tæller ikke: helligdage i Danmark. Disse dage slutter kl. 12.00: juleaftensdag i Danmark og 30.12.2026.", Pages.Markdown(rules, "da"), StringComparison.Ordinal);
        Assert.Contains("These days do not count: public holidays in Denmark. These days end at 12:00: Christmas Eve in Denmark and 30 Dec 2026.", Pages.Markdown(rules, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_a_section_for_each_policy()
    {
        var rules = Changed(("\nhandover:\n", """

            policies:
              - id: germany
                when: { fact: company.country, op: eq, value: DE }
                without: [social]
                points: { company-size: 35 }
                gates: { mql: { fit: 60 } }

            handover:

            """));
        var page = Pages.Markdown(rules, "da");
        Assert.All(
            new[] { "## Andre regler for nogle leads", "### 1. germany", "  - Virksomhedens land er Tyskland.", "\"Virksomhedens størrelse\" giver 35 point (ellers 25).", "- Indgår ikke: \"Sociale medier\".", "  - Match er mindst 60 af 100, og interesse er mindst 30 af 100." },
            expected => Assert.Contains(expected + "\n", page, StringComparison.Ordinal));
        Assert.DoesNotContain("## Andre regler", Pages.Markdown(RuleSamples.Shipped, "da"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_for_which_content_each_has_signed()
    {
        var hash = RuleSamples.Shipped.AgreementHash;
        var rules = Changed(("signed: []", $"signed: [{{ by: Mette, department: Salg, on: 2026-01-02, hash: {hash} }}, {{ by: Per, department: Marketing, hash: {new string('a', 64)} }}, {{ by: Ida, department: Marketing }}]"));
        Assert.Equal(hash, rules.AgreementHash);
        var page = Pages.Markdown(rules, "da");
        Assert.All(
            new[] { "- Mette, Salg den 02.01.2026: for netop dette indhold.", "- Per, Marketing: for et andet indhold (aaaaaaaaaaaa), ikke for dette.", "- Ida, Marketing: for et indhold, der ikke er angivet." },
            expected => Assert.Contains(expected, page, StringComparison.Ordinal));
        Assert.Contains(hash, Pages.Words(Pages.Html(rules, "da")), StringComparison.Ordinal);
    }

    private static RuleSet Changed(params (string Old, string New)[] changes)
    {
        var text = RuleSamples.ShippedText;
        foreach (var (old, other) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, other, StringComparison.Ordinal);
        }
        return RuleSamples.Parse(text);
    }
}
