using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Texts;

public sealed class GoldenTextTests
{
    private const string OfferedDanish = """
        NYT LEAD TIL DIG · svar senest tirsdag 24.11.2026 kl. 10.15
        Hvorfor nu: deltog i webinaret "Mindre spild i produktionen" 17.11. og hentede en guide 12.11.
        MATCH 75 af 100 (krav 50)
        + Branche: maskinindustri (25)
        + Land: Danmark (20)
        + Rolle: produktionschef (30)
        ? Antal ansatte: ikke oplyst (0 af 25)
        INTERESSE 44 af 100 (krav 30)
        + Deltog i webinar 17.11. (17 af 20)
        + Hentede guide 12.11. (12 af 15)
        + 4 sidevisninger på 30 dage, senest 22.11. (15)
        - Klik i nyhedsbrev: ingen på 30 dage
        BANT: intet kendt endnu. Spørg om behov, tidsplan, budget og hvem der beslutter.
        Uden webinaret var interessen 27, og leadet var ikke sendt.
        SÅDAN SVARER DU: vælg i feltet "Svar på lead". Godkend = jeg følger op. Send retur = der mangler oplysninger. Afvis = vælg årsagen. Det er nok med ét klik.
        Regler: Standard v3 (01.11.2026). Point falder med tiden.
        """;

    private const string OfferedEnglish = """
        NEW LEAD FOR YOU · answer by Tuesday 24 Nov 2026, 10:15
        Why now: attended the webinar "Less waste in production" on 17 Nov and downloaded a guide on 12 Nov.
        FIT 75 of 100 (needs 50)
        + Industry: machinery (25)
        + Country: Denmark (20)
        + Role: production manager (30)
        ? Employees: not known (0 of 25)
        INTEREST 44 of 100 (needs 30)
        + Attended webinar 17 Nov (17 of 20)
        + Downloaded guide 12 Nov (12 of 15)
        + 4 page views in 30 days, latest 22 Nov (15)
        - Newsletter clicks: none in 30 days
        BANT: nothing known yet. Ask about need, timing, budget and who decides.
        Without the webinar interest would be 27 and this lead would not have been sent.
        HOW TO ANSWER: use the field "Answer on lead". Accept = I will follow up. Return = data is missing. Reject = choose the reason. One click is enough.
        Rules: Standard v3 (1 Nov 2026). Points fade with time.
        """;

    private const string NotYetDanish = """
        IKKE KLAR TIL SALG ENDNU · vurderet 23.11.2026
        Mangler 12 point i interesse (18 af 30). Match er i orden (75 af 100, krav 50).
        Det gør leadet klart: 1 guide hentet (15) eller 1 webinar (20). Beder det om demo, pris eller kontakt, sendes det straks.
        + Branche: maskinindustri (25) + Land: Danmark (20) + Rolle: produktionschef (30)
        + 4 sidevisninger på 30 dage, senest 22.11. (15)
        + Klik på LinkedIn 30.10. (3 af 5)
        ? Antal ansatte: ikke oplyst (kan give 25, ændrer ikke svaret)
        - Guide eller webinar: ingen på 60 dage
        Spærringer: ingen.
        Kender du leadet og vil have det nu? Vælg "Jeg tager leadet" i feltet "Svar på lead".
        Regler: Standard v3 (01.11.2026).
        """;

    private const string NotYetEnglish = """
        NOT READY FOR SALES YET · judged 23 Nov 2026
        Interest is 12 points short (18 of 30). Fit is fine (75 of 100, needs 50).
        Would make it ready: 1 guide downloaded (15) or 1 webinar attended (20). A request for a demo, price or contact sends it at once.
        + Industry: machinery (25) + Country: Denmark (20) + Role: production manager (30)
        + 4 page views in 30 days, latest 22 Nov (15)
        + LinkedIn click 30 Oct (3 of 5)
        ? Employees: not known (worth 25, would not change the answer)
        - Guide or webinar: none in 60 days
        Blockers: none.
        Know this lead and want it now? Choose "Take it" in the field "Answer on lead".
        Rules: Standard v3 (1 Nov 2026).
        """;

    [Theory]
    [InlineData("da", "Mindre spild i produktionen", OfferedDanish)]
    [InlineData("en", "Less waste in production", OfferedEnglish)]
    public void Says_why_a_lead_is_offered(string language, string webinar, string expected)
    {
        var lead = RuleSamples.Offered().Did(EngagementKinds.WebinarAttended, RuleSamples.On(11, 17, webinar));
        var evaluation = RuleSamples.Judge(lead, RuleSamples.Golden);
        Assert.Equal(Verdict.Offer, evaluation.Verdict);
        Assert.Equal(expected, WhyText.Offered(RuleSamples.Golden, evaluation, lead.Build(), RuleSamples.Due, RuleSamples.Copenhagen, language));
    }

    [Theory]
    [InlineData("da", NotYetDanish)]
    [InlineData("en", NotYetEnglish)]
    public void Says_what_is_missing(string language, string expected)
    {
        var evaluation = RuleSamples.Judge(RuleSamples.NotYet(), RuleSamples.Golden);
        Assert.Equal(Verdict.NotReady, evaluation.Verdict);
        Assert.Equal(expected, WhyText.NotYet(RuleSamples.Golden, evaluation, RuleSamples.Copenhagen, language));
    }

    [Theory]
    [InlineData("da", "Svar på lead: Mette Hansen, Jensen A/S (senest ti 24.11. kl. 10.15)")]
    [InlineData("en", "Answer lead: Mette Hansen, Jensen A/S (by Tue 24 Nov 10:15)")]
    public void Titles_the_task(string language, string expected) => Assert.Equal(expected, TaskText.Title(
        RuleSamples.Judge(RuleSamples.Offered()), "Mette Hansen", "Jensen A/S", RuleSamples.Due, RuleSamples.Copenhagen, language));

    [Theory]
    [InlineData("da", "BAD OM DEMO:")]
    [InlineData("en", "ASKED FOR A DEMO:")]
    public void Marks_a_hand_raise_in_the_title(string language, string expected) => Assert.StartsWith(expected, TaskText.Title(
        RuleSamples.Judge(RuleSamples.Lead().Did(EngagementKinds.HandRaise, RuleSamples.On(11, 22))), "M", null, RuleSamples.Due, RuleSamples.Copenhagen, language),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("da", "Deltog i webinar 17.11., hentede guide 12.11. Match 75, interesse 44. Åbn kontakten, læs \"Hvorfor dette lead\", vælg i \"Svar på lead\". Opgaven lukker selv, når du har svaret; at lukke den er ikke et svar.")]
    [InlineData("en", "Attended webinar 17 Nov, downloaded guide 12 Nov. Fit 75, interest 44. Open the record, read \"Why this lead\", choose in \"Answer on lead\". The task closes itself once you have answered; closing it is not an answer.")]
    public void Tells_the_task(string language, string expected) => Assert.Equal(expected, TaskText.Body(
        RuleSamples.Shipped, RuleSamples.Judge(RuleSamples.Offered()), RuleSamples.Copenhagen, language));

    [Theory]
    [InlineData("da", "ny maskine først i 2027", "Afvist af Mette 23.11. kl. 14.02: ikke nu (\"ny maskine først i 2027\"). Tilbage til marketing; kan sendes igen efter 22.05.2027, eller straks hvis leadet selv henvender sig.")]
    [InlineData("en", "new machine not before 2027", "Rejected by Mette 23 Nov 14:02: bad timing (\"new machine not before 2027\"). Back to marketing; may be sent again after 22 May 2027, or at once if the lead gets in touch.")]
    public void Notes_a_rejection(string language, string comment, string expected)
    {
        var at = new DateTimeOffset(2026, 11, 23, 13, 2, 0, TimeSpan.Zero);
        Assert.Equal(expected, DecisionNote.Of("reject_bad_timing", "Mette", at, comment, at.AddDays(180), RuleSamples.Copenhagen, language));
    }
}
