using System.CommandLine;
using System.Text.Json;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Leads.Texts.Story;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands;

/// <summary><c>explain connection/lead-id</c>: what the rules saw of a lead, where it stands, and its story.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandWorld world)
    {
        var lead = new Argument<string>("lead") { Description = "connection/lead-id" };
        var language = new Option<string>("--language") { Description = "Of the story: da or en.", HelpName = "da|en", DefaultValueFactory = _ => "en" }.AcceptOnlyFromAmong("da", "en");
        var command = new Command("explain", "Findings, scores, state and story of a lead.") { lead, language };
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, parsed.GetRequiredValue(lead), parsed.GetRequiredValue(language), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, string lead, string language, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        if (lead.Split('/', 2) is not [var connection, var id])
            throw new CommandFailure(ExitCode.Usage, "usage", $"'{lead}' names no lead.", "Write connection/lead-id, such as main/1234.");
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var story = await store.Reports.StoryAsync(connection, id, cancellationToken)
            ?? throw new CommandFailure(ExitCode.Failed, "lead-unknown", $"{lead} was never seen.", "Check the id in the CRM; a lead is known after the first poll or sweep.");
        var rules = RuleFile.Load(settings.RulesFile).RuleSet;
        var told = Tell(story, rules, settings, language);
        if (parsed.IsJson())
            world.Document(Document(story, told));
        else
            Print(world.Out, story, JudgedBy(story), told);
        return (int)ExitCode.Done;
    }

    private static List<(StoryEvent Event, string Text)> Tell(LeadStory story, RuleSet? rules, WorkerSettings settings, string language)
    {
        var limits = settings.Connections.FirstOrDefault(c => c.Crm.Name == story.Lead.Connection)?.Offers ?? OfferLimits.Default;
        var reader = new StoryReader(story, id => rules?.Find(id)?.Text.In(language) ?? id);
        return [.. reader.Read(cause => HoldText.Of(cause, limits.PerOwnerAndDay, limits.PerDay, language)).Select(e => (e, StoryText.Of(e, settings.Zone, language)))];
    }

    private static object Document(LeadStory story, List<(StoryEvent Event, string Text)> told) => new
    {
        lead = new
        {
            story.Lead.LeadKey,
            story.Lead.Connection,
            story.Lead.LeadId,
            stage = story.Lead.Stage,
            crmStage = story.Lead.CrmStage,
            episode = story.Lead.Episode?.Number,
            state = story.Lead.Episode?.State,
            dueAt = story.Lead.Episode?.DueAt,
            owner = story.Lead.Episode?.OwnerId ?? story.Lead.Memory.OwnerId,
            assignedBy = story.Lead.Episode?.AssignedBy,
            coolOffUntil = story.Lead.Episode?.CoolOffUntil,
            reason = story.Lead.Episode?.Reason,
            quarantined = story.QuarantineReason,
            heldBack = story.Lead.Memory.BrakeHold,
            parked = story.Lead.Memory.Parked,
        },
        verdict = story.Judged is { } judged ? Enum.Parse<Verdict>(judged.Verdict) : (Verdict?)null,
        policy = story.Evidence is { } by ? PolicyOf(by) : null,
        rules = story.Judged?.RulesHash,
        facts = Parse(story.Evidence?.Facts),
        scores = story.Evidence is { } evidence ? new { fit = Score(evidence, "fit"), interest = Score(evidence, "interest") } : null,
        findings = Parse(story.Evidence?.Findings),
        inputs = Parse(story.Evidence?.Inputs),
        written = story.Written,
        story = story.Audit.Select(r => new { r.Sequence, r.Kind, r.At, r.Episode, r.FromStage, r.ToStage, r.HandoverState, r.Actor, r.TransitionId }),
        told = told.Select(t => new { t.Text, t.Event.Kind, t.Event.At, t.Event.Episode, t.Event.FromStage, t.Event.ToStage, t.Event.Actor, t.Event.OwnerId, t.Event.AssignedBy, t.Event.DueAt, t.Event.Reason, t.Event.RestsUntil, t.Event.Fit, t.Event.Interest, t.Event.Met, t.Event.Because, t.Event.Waits }),
        open = story.OpenIntents.Select(i => new { i.TransitionId, i.Step, i.State, i.NotBefore, i.Reason }),
    };

    /// <summary>The score of a group when judged, 0 to 100; evidence that does not say has points only, which add up to it.</summary>
    private static int Score(EvidenceRow evidence, string group) => JsonDocument.Parse(evidence.Inputs).RootElement.TryGetProperty(group, out var score)
        ? score.GetInt32()
        : Math.Clamp(
            JsonDocument.Parse(evidence.Findings).RootElement.EnumerateArray()
                .Where(f => f.GetProperty("group").GetString() == group).Sum(f => f.GetProperty("points").GetInt32()), 0, 100);

    // Today's rules may ask for other criteria, or call them otherwise.
    private static RuleSet? JudgedBy(LeadStory story) =>
        story.Judged?.RulesBody is { } body ? RuleFile.Parse(body, "the rules then").RuleSet : null;

    private static string? PolicyOf(EvidenceRow evidence) =>
        JsonDocument.Parse(evidence.Inputs).RootElement.TryGetProperty("policy", out var policy) ? policy.GetString() : null;

    private static JsonElement? Parse(string? json) => json is null ? null : JsonDocument.Parse(json).RootElement;

    private static void Print(TextWriter screen, LeadStory story, RuleSet? rules, List<(StoryEvent Event, string Text)> told)
    {
        var lead = story.Lead;
        var episode = lead.Episode is { } e ? $"hand-over no. {e.Number}: {e.State}{(e is { State: HandoverState.AwaitingDecision, DueAt: { } due } ? $", answer by {due:yyyy-MM-dd HH:mm}Z" : "")}{(e.Reason is { } no ? $", because of {Words(no)}" : "")}" : "no hand-over yet";
        screen.WriteLine($"{lead.Connection}/{lead.LeadId}  {lead.Stage?.ToString() ?? "stage outside the model"}; {episode}");
        if (story.QuarantineReason is { } reason)
            screen.WriteLine($"IN QUARANTINE: {reason}");
        foreach (var intent in story.OpenIntents)
            screen.WriteLine($"Under way: transition {intent.TransitionId} is {intent.State}{(intent.Reason is { } cause ? $" ({cause})" : "")}");
        screen.WriteLine();
        if (story.Evidence is { } evidence)
        {
            var policy = rules?.Policies.FirstOrDefault(one => one.Id == PolicyOf(evidence)) ?? rules?.Default;
            if (story.Judged is { } judged)
                screen.WriteLine($"Verdict: {VerdictText.Of(Enum.Parse<Verdict>(judged.Verdict), "en")}{(policy?.When is null ? "" : $", by the policy '{policy.Id}'")}{(rules is null ? "" : $"; rules {rules.Name} v{rules.Version}, hash {judged.RulesHash![..12]}")}");
            screen.WriteLine($"Fit {Score(evidence, "fit")}{Of(policy?.Caps.Fit)}, interest {Score(evidence, "interest")}{Of(policy?.Caps.Interest)}");
            Findings(screen, JsonDocument.Parse(evidence.Findings).RootElement, JsonDocument.Parse(evidence.Inputs).RootElement, policy);
        }
        if (story.Written.GetValueOrDefault(HandoverFields.Why) is { } why)
            screen.WriteLine($"\"Why this lead\", as written into the CRM\n  {why.Replace("\n", "\n  ", StringComparison.Ordinal)}\n");
        screen.WriteLine("Story");
        foreach (var (_, text) in told)
            screen.WriteLine($"  {text}");
        foreach (var change in story.Lead.Memory.Parked?.Changes ?? [])
            screen.WriteLine($"    {change.At?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "when unknown",-18} {Move(change.From, change.To)} by {change.Actor}");
        screen.WriteLine();
        screen.WriteLine("Audit");
        foreach (var row in story.Audit)
            screen.WriteLine($"  {row.At?[..16].Replace('T', ' ') ?? "when unknown",-16}  {row.Kind,-10} {Move(row.FromStage, row.ToStage),-38} {row.HandoverState,-18} {row.Actor}");
    }

    private static void Findings(TextWriter screen, JsonElement findings, JsonElement inputs, Policy? policy)
    {
        screen.WriteLine($"What the rules saw on {inputs.GetProperty("judgedAt").GetString()?[..16].Replace('T', ' ')}Z (+ met, ? not known, - not met)");
        foreach (var finding in findings.EnumerateArray())
        {
            var id = finding.GetProperty("criterion").GetString()!;
            var sign = finding.GetProperty("result").GetString() switch { "met" => '+', "notMet" => '-', _ => '?' };
            var points = finding.GetProperty("points").GetInt32();
            var seen = finding.GetProperty("seenAt").GetString() is { } at ? $", last {at[..10]}" : "";
            screen.WriteLine($"  {sign} {finding.GetProperty("group").GetString(),-9} {policy?.Find(id)?.Text.In("en") ?? id}{(points != 0 ? $" ({points})" : "")}{seen}");
        }
        screen.WriteLine();
    }

    private static string Of(int? cap) => cap is { } most ? $" of {most}" : "";

    // WrongCompanySize: "wrong company size".
    private static string Words(RejectionReason reason) =>
        string.Concat(reason.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : $"{c}"));

    private static string Move(string? from, string? to) => from == to ? to ?? "-" : $"{from ?? "first seen"} > {to ?? "-"}";
}
