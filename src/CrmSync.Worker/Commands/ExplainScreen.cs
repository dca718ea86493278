using System.Text.Json;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Leads.Texts.Story;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands;

/// <summary>What <c>explain</c> tells, for people: state, verdict, findings, story and audit.</summary>
internal static class ExplainScreen
{
    /// <param name="rules">Those by which the lead was judged; null where they were not kept.</param>
    public static void Print(TextWriter screen, LeadStory story, RuleSet? rules, List<(StoryEvent Event, string Text)> told)
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
            var policy = rules?.Policies.FirstOrDefault(one => one.Id == ExplainDocument.PolicyOf(evidence)) ?? rules?.Default;
            if (story.Judged is { } judged)
                screen.WriteLine($"Verdict: {VerdictText.Of(Enum.Parse<Verdict>(judged.Verdict), "en")}{(policy?.When is null ? "" : $", by the policy '{policy.Id}'")}{(rules is null ? "" : $"; rules {rules.Name} v{rules.Version}, hash {judged.RulesHash![..12]}")}");
            screen.WriteLine($"Fit {ExplainDocument.Score(evidence, "fit")}{Of(policy?.Caps.Fit)}, interest {ExplainDocument.Score(evidence, "interest")}{Of(policy?.Caps.Interest)}");
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
