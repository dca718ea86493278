using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>The text of the field "Why this lead". Languages: <c>da</c>, and English for anything else.</summary>
public static class WhyText
{
    /// <summary>The field holds this many characters; whole lines go, the least telling first.</summary>
    public const int MaxLength = 1000;

    /// <summary>For the rep who is to answer. <paramref name="zone"/>: the one in which days are named.</summary>
    public static string Offered(
        RuleSet rules, Evaluation evaluation, LeadFacts facts, DateTimeOffset due, TimeZoneInfo zone, string language) =>
        Line.Fit(new OfferedText(evaluation, facts, new(rules, evaluation, zone, TextLanguage.Of(language))).Lines(due), MaxLength);

    /// <summary>
    /// Once an offer is decided or over: what became of it, then the reasons as they are judged at that moment.
    /// <paramref name="at"/> is null where nobody observed it.
    /// </summary>
    public static string Ended(
        RuleSet rules, Evaluation evaluation, LeadFacts facts, HandoverState state, DateTimeOffset? at, TimeZoneInfo zone, string language) =>
        Line.Fit(new OfferedText(evaluation, facts, new(rules, evaluation, zone, TextLanguage.Of(language))).Ended(state, at), MaxLength);

    /// <summary>For marketing: what is missing and what would make the lead ready.</summary>
    public static string NotYet(RuleSet rules, Evaluation evaluation, TimeZoneInfo zone, string language) =>
        Line.Fit(new NotYetText(rules, evaluation, new(rules, evaluation, zone, TextLanguage.Of(language))).Lines(), MaxLength);
}
