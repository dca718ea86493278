using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Answers that lead to the same, as the CRM labels them, and what they lead to.</summary>
public sealed record AnswerOutcome(string Answers, string Outcome);

/// <summary>Says what follows each answer of sales; from the answer field and the policy that the hand-over itself goes by.</summary>
public static class AnswerText
{
    private static readonly DateTimeOffset Decided = DateTimeOffset.UnixEpoch;

    public static IReadOnlyList<AnswerOutcome> Of(RuleSet rules, string language)
    {
        var words = new Wording(language);
        var policy = new HandoverPolicy
        {
            DueAt = (at, _) => at,
            CoolOff = rules.CoolOff,
        };
        var field = HandoverFields.All.First(known => known.Name == HandoverFields.Decision);
        return [.. field.Options.GroupBy(option => Outcome(Decision.Read(option.Value, "-"), policy, words))
            .Select(group => new AnswerOutcome(Together([.. group.Select(option => words[option.Danish, option.English])]), group.Key))];
    }

    // Options that begin alike ("Reject: ...") say so once.
    private static string Together(IReadOnlyList<string> labels)
    {
        var begin = labels[0][..(labels[0].IndexOf(':', StringComparison.Ordinal) + 1)];
        return begin.Length > 0 && labels.Count > 1 && labels.All(label => label.StartsWith(begin, StringComparison.Ordinal))
            ? $"{begin} {string.Join(", ", labels.Select(label => label[begin.Length..].Trim()))}"
            : string.Join(", ", labels);
    }

    private static string Outcome(Decision decision, HandoverPolicy policy, Wording words) => decision.Kind switch
    {
        DecisionKind.Accept => words["Leadet er salgsaccepteret (SAL). Sælgeren følger op.", "The lead is sales-accepted (SAL). The rep follows up."],
        DecisionKind.Take => words["Leadet er salgsaccepteret (SAL), og sælgeren har selv valgt det.", "The lead is sales-accepted (SAL), by the rep's own choice."],
        DecisionKind.Return => words[
            "Leadet er ikke bedømt. Marketing udfylder det, der mangler, og så sendes det igen.",
            "The lead is not judged. Marketing fills in what is missing, and then it is sent again."],
        _ => Rests(policy.CoolOff.Until(decision.Reason!.Value, Decided), words),
    };

    private static string Rests(DateTimeOffset until, Wording words)
    {
        if (until == DateTimeOffset.MaxValue)
            return words["Tilbage til marketing. Sendes aldrig til salg igen.", "Back to marketing. Never sent to sales again."];
        var days = words.Days((decimal)(until - Decided).TotalDays);
        return words[
            $"Tilbage til marketing. Kan sendes igen efter {days}, hvis der er sket noget nyt, eller straks, hvis leadet selv henvender sig.",
            $"Back to marketing. May be sent again after {days} if something new has happened, or at once if the lead gets in touch."];
    }
}
