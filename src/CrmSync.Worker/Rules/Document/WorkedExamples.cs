using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>A made-up lead, how the engine judged it, and the text that a record would show.</summary>
internal sealed record Example(string Id, string Title, IReadOnlyList<Clause> Known, Evaluation Evaluation, string Text);

/// <summary>
/// Three leads made from the rules themselves: one offered, one not yet ready, one blocked. A rule set from which one
/// cannot be made has that one fewer.
/// </summary>
internal sealed class WorkedExamples
{
    private readonly RuleSet _rules;
    private readonly string _language;
    private readonly TimeZoneInfo _zone;
    private readonly SlaClock _clock;
    private readonly DateTimeOffset _at;
    private readonly LeadMaker _maker;

    internal WorkedExamples(RuleSet rules, string language)
    {
        var calendar = BusinessCalendar.Of(rules.Sla);
        (_rules, _language, _zone, _clock) = (rules, language, calendar.Zone, new(calendar));
        _at = ExampleTime.Forenoon(rules, calendar);
        _maker = new(rules, _at, language);
        // Rules that ask for nearly every point are met by fresh acts only.
        if (new LeadPlan(rules, _maker).Offered() is null)
            _maker = new(rules, _at, language, fresh: true);
    }

    internal IReadOnlyList<Example> All()
    {
        var ready = new LeadPlan(_rules, _maker);
        return [.. new[]
        {
            Say("offered", ExampleText.Offered(_language), ready.Offered()),
            Say("not-yet", ExampleText.NotYet(_language), ready.NotYet()),
            Say("blocked", ExampleText.Blocked(_language), ready.Blocked()),
        }.OfType<Example>()];
    }

    private Example? Say(string id, string title, MadeLead? lead)
    {
        if (lead is null)
            return null;
        var evaluation = RuleEngine.Evaluate(_rules, lead.Facts, _maker.Context(lead));
        var due = _clock.DueAt(_at, _rules.SlaOf(_rules.PolicyOf(evaluation)).TimeFor(evaluation.HandRaise));
        var text = evaluation.Verdict == Verdict.Offer
            ? WhyText.Offered(_rules, evaluation, lead.Facts, due, _zone, _language)
            : WhyText.NotYet(_rules, evaluation, _zone, _language);
        return new(id, title, KnownText.Of(_rules, lead.Facts, lead.Given, _zone, _language), evaluation, text);
    }
}
