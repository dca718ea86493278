using System.CommandLine;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules explain --facts lead.json</c>: judges one lead with no CRM, and says why.</summary>
internal static class ExplainFactsCommand
{
    private static readonly string[] Languages = ["en", "da"];

    public static Command Create(CommandWorld world)
    {
        var file = RulesInForce.Argument();
        var facts = new Option<string>("--facts") { Description = "What is known of the lead, in JSON.", HelpName = "FILE", Required = true };
        var at = new Option<string?>("--at") { Description = "The instant of judgement; without it the file's own, or now.", HelpName = "INSTANT" };
        var language = new Option<string>("--language") { Description = "en or da.", DefaultValueFactory = _ => Languages[0] };
        language.AcceptOnlyFromAmong(Languages);
        var command = new Command("explain", "Judges one lead from a file and says why.") { file, facts, at, language };
        command.SetAction(parsed => LeadFailures.Guard(() => Run(
            world, parsed, RulesInForce.Load(parsed, parsed.GetValue(file)), parsed.GetRequiredValue(facts), parsed.GetValue(at), parsed.GetRequiredValue(language))));
        return command;
    }

    private static int Run(CommandWorld world, ParseResult parsed, RuleSet rules, string file, string? at, string language)
    {
        var zone = Zone(parsed, rules);
        var instant = at is null ? (DateTimeOffset?)null : new InstantReader(zone, []).Parse(at)
            ?? throw new CommandFailure(ExitCode.Usage, "usage", "--at names no instant.", $"Write {InstantReader.Expected}.");
        var lead = LeadJson.Load(file, rules.Catalogue, zone);
        var evaluation = RuleEngine.Evaluate(rules, lead.Facts, new(instant ?? lead.At ?? world.Clock.GetUtcNow()));
        var text = Text(rules, lead.Facts, evaluation, zone, language);
        if (parsed.IsJson())
            world.Document(Document(rules, evaluation, text));
        else
            Print(world.Out, ExplainText.Lines(rules, evaluation, zone, language), text, evaluation.Verdict == Verdict.Offer, language);
        return (int)ExitCode.Done;
    }

    /// <summary>The zone by which the worker writes into the CRM.</summary>
    private static TimeZoneInfo Zone(ParseResult parsed, RuleSet rules) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(Opening.Configuration(parsed)["TimeZone"] ?? rules.Sla.Zone, out var zone)
            ? zone
            : TimeZoneInfo.FindSystemTimeZoneById(rules.Sla.Zone);

    private static string Text(RuleSet rules, LeadFacts facts, Evaluation evaluation, TimeZoneInfo zone, string language)
    {
        if (evaluation.Verdict != Verdict.Offer)
            return WhyText.NotYet(rules, evaluation, zone, language);
        var due = new SlaClock(BusinessCalendar.Of(rules.Sla)).DueAt(evaluation.At, rules.SlaOf(rules.PolicyOf(evaluation)).TimeFor(evaluation.HandRaise));
        return WhyText.Offered(rules, evaluation, facts.In(rules.Catalogue), due, zone, language);
    }

    private static void Print(TextWriter screen, IReadOnlyList<string> findings, string text, bool isOffer, string language)
    {
        foreach (var line in findings)
            screen.WriteLine(line);
        screen.WriteLine();
        screen.WriteLine(isOffer
            ? language == "da" ? "Når leadet sendes til salg, står der i feltet \"Hvorfor dette lead\":" : "When the lead is sent to sales, the field \"Why this lead\" will say:"
            : language == "da" ? "Det, der mangler:" : "What is missing:");
        screen.WriteLine();
        screen.WriteLine(text);
    }

    private static object Document(RuleSet rules, Evaluation evaluation, string text) => new
    {
        rules = new { rules.Name, rules.Version, rules.Hash },
        evaluation.At,
        evaluation.Policy,
        evaluation.Verdict,
        scores = new { fit = evaluation.FitScore, interest = evaluation.InterestScore },
        gates = new { evaluation.Mql, evaluation.Offer, sql = evaluation.SalesQualified },
        evaluation.HandRaise,
        evaluation.Blockers,
        evaluation.MissingFacts,
        evaluation.HungOn,
        evaluation.Shortfall,
        evaluation.NextChangeAt,
        findings = evaluation.Findings.Select(FindingDocument.Of),
        text,
    };
}
