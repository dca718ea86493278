using CrmSync.Leads.Handover;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Texts;

/// <summary>What tasks and notes say beside the offer and the answer, to the letter.</summary>
public sealed class ActivityTextTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 13, 2, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(HandoverNotice.Reminder, "da", "PÅMINDELSE: Svar på lead: M (senest ti 24.11. kl. 10.15)")]
    [InlineData(HandoverNotice.Reminder, "en", "REMINDER: Answer lead: M (by Tue 24 Nov 10:15)")]
    [InlineData(HandoverNotice.Overdue, "da", "OVER TIDEN: Svar på lead: M (senest ti 24.11. kl. 10.15)")]
    [InlineData(HandoverNotice.Overdue, "en", "OVERDUE: Answer lead: M (by Tue 24 Nov 10:15)")]
    [InlineData(HandoverNotice.Escalated, "da", "ESKALERET: Svar på lead: M (senest ti 24.11. kl. 10.15)")]
    [InlineData(HandoverNotice.Escalated, "en", "ESCALATED: Answer lead: M (by Tue 24 Nov 10:15)")]
    [InlineData(HandoverNotice.Disputed, "da", "ANFÆGTET: Svar på lead: M (senest ti 24.11. kl. 10.15)")]
    [InlineData(HandoverNotice.Disputed, "en", "DISPUTED: Answer lead: M (by Tue 24 Nov 10:15)")]
    [InlineData(HandoverNotice.AnswerIncomplete, "da", "SKRIV HVORFOR: Svar på lead: M (senest ti 24.11. kl. 10.15)")]
    [InlineData(HandoverNotice.AnswerIncomplete, "en", "SAY WHY: Answer lead: M (by Tue 24 Nov 10:15)")]
    public void Says_before_the_title_why_the_task_is_told_anew(HandoverNotice notice, string language, string expected) => Assert.Equal(
        expected, TaskText.Title(RuleSamples.Judge(RuleSamples.Offered()), "M", null, RuleSamples.Due, RuleSamples.Copenhagen, language, notice));

    [Theory]
    [InlineData(HandoverNotice.AnswerIncomplete, "da", "Svaret \"andet\" tæller først, når der står hvorfor i feltet \"Kommentar til svar\". Deltog i webinar")]
    [InlineData(HandoverNotice.AnswerIncomplete, "en", "The answer \"other\" counts once the field \"Comment on answer\" says why. Attended webinar")]
    [InlineData(HandoverNotice.ReopenTask, "da", "Opgaven blev lukket uden et svar og er åbnet igen. Deltog i webinar")]
    [InlineData(HandoverNotice.ReopenTask, "en", "This task was closed without an answer and is open again. Attended webinar")]
    public void Says_before_the_body_what_is_missing(HandoverNotice notice, string language, string expected) => Assert.StartsWith(
        expected, TaskText.Body(RuleSamples.Shipped, RuleSamples.Judge(RuleSamples.Offered()), RuleSamples.Copenhagen, language, notice), StringComparison.Ordinal);

    [Theory]
    [InlineData("accept", "da", "Godkendt af Mette 23.11. kl. 14.02.")]
    [InlineData("accept", "en", "Accepted by Mette 23 Nov 14:02.")]
    [InlineData("take", "da", "Taget af Mette 23.11. kl. 14.02.")]
    [InlineData("return", "en", "Returned by Mette 23 Nov 14:02: data missing.")]
    [InlineData("reject_never_relevant", "en", "Rejected by Mette 23 Nov 14:02: never relevant (competitor, vendor, student, job seeker, no consent). Back to marketing; will not be sent again.")]
    public void Notes_an_answer(string option, string language, string expected) =>
        Assert.Equal(expected, DecisionNote.Of(option, "Mette", At, null, null, RuleSamples.Copenhagen, language));

    [Theory]
    [InlineData("da", "Godkendt af salg.")]
    [InlineData("en", "Accepted by sales.")]
    public void Invents_neither_who_nor_when(string language, string expected) =>
        Assert.Equal(expected, DecisionNote.Of("accept", null, null, null, null, RuleSamples.Copenhagen, language));

    [Theory]
    [InlineData("da", "Intet svar inden 23.11. kl. 14.02: godkendt ved tavshed, som aftalt.")]
    [InlineData("en", "No answer by 23 Nov 14:02: accepted by silence, as agreed.")]
    public void Notes_a_silence_that_accepts(string language, string expected) => Assert.Equal(expected, DecisionNote.Silent(At, RuleSamples.Copenhagen, language));

    [Theory]
    [InlineData("da", "Godkendt af Mette 23.11. kl. 14.02: flyttet videre i CRM uden et skriftligt svar.")]
    [InlineData("en", "Accepted by Mette 23 Nov 14:02: moved on in the CRM without an answer in writing.")]
    public void Notes_an_act_that_accepts(string language, string expected) => Assert.Equal(expected, DecisionNote.Acted("Mette", At, RuleSamples.Copenhagen, language));

    [Theory]
    [InlineData("reject_no_need", "da", "Leadet venter ikke på svar, så \"Afvis: intet behov\" ændrer ikke noget. Vil du have det? Vælg \"Jeg tager leadet\" i feltet \"Svar på lead\".")]
    [InlineData("accept", "en", "This lead is not waiting for an answer, so \"Accept: I will follow up\" changes nothing. Do you want it? Choose \"Take it\" in the field \"Answer on lead\".")]
    [InlineData(null, "en", "This lead is not waiting for an answer, so the answer changes nothing. Do you want it? Choose \"Take it\" in the field \"Answer on lead\".")]
    public void Explains_an_answer_to_which_there_is_no_offer(string? option, string language, string expected) =>
        Assert.Equal(expected, DecisionNote.NothingToAnswer(option, language));

    [Theory]
    [InlineData("dispute", RequestRefusal.TooLate, "da", "\"Anfægt afvisning\" ændrer ikke noget, og feltet \"Marketings ønske\" er tømt. Fristen for at anfægte denne afvisning er udløbet; afvisningen står ved magt.")]
    [InlineData("dispute", RequestRefusal.DisputedBefore, "en", "\"Dispute rejection\" changes nothing, and the field \"Marketing's request\" is empty again. A rejection may be disputed once, and this one was. Sales has answered again, and that answer stands.")]
    [InlineData("send", RequestRefusal.OutsidePilot, "da", "\"Send til salg nu\" ændrer ikke noget, og feltet \"Marketings ønske\" er tømt. Piloten omfatter ikke dette lead. Vælg det igen, når piloten er slut.")]
    [InlineData("send", RequestRefusal.WithSales, "en", "\"Send to sales now\" changes nothing, and the field \"Marketing's request\" is empty again. Sales has this lead already.")]
    public void Tells_marketing_why_its_request_comes_to_nothing(string option, RequestRefusal refusal, string language, string expected) =>
        Assert.Equal(expected, RequestNote.Of(option, refusal, language));
}
