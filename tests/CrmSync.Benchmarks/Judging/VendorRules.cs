using RulesEngine.Models;

namespace CrmSync.Benchmarks.Judging;

/// <summary>
/// The same twelve criteria in Microsoft's RulesEngine: one rule each, an expression over the typed lead. Its rules say yes
/// or no, so that unknown is "no" here; scores and gates are left to its caller and not counted.
/// </summary>
internal sealed class VendorRules
{
    private const string Name = "judging";

    private static readonly string[] Expressions =
    [
        "lead.Industry != null AndAlso HandTests.Industry(lead.Industry)",
        "lead.Employees != null AndAlso lead.Employees >= 20 AndAlso lead.Employees <= 1000",
        "HandTests.Country(lead.CompanyCountry, lead.PersonCountry)",
        "HandTests.Role(lead.Role, lead.BuyingRoles)",
        "HandTests.Acts(lead.HandRaises, at, 14) >= 1 OrElse HandTests.Acts(lead.Meetings, at, 14) >= 1",
        "HandTests.Acts(lead.Webinars, at, 60) >= 1",
        "HandTests.Acts(lead.Downloads, at, 60) >= 1",
        "HandTests.Acts(lead.PageViews, at, 30) >= 3",
        "HandTests.Acts(lead.EmailClicks, at, 30) >= 2",
        "HandTests.Acts(lead.SocialClicks, at, 30) >= 1 OrElse HandTests.Acts(lead.AdForms, at, 30) >= 1",
        "lead.Need == true",
        "lead.Timeline == true",
    ];

    private readonly RulesEngine.RulesEngine _engine = new(
        new Workflow[] { new() { WorkflowName = Name, Rules = [.. Expressions.Select((text, i) => new Rule { RuleName = $"criterion {i + 1}", Expression = text })] } },
        new ReSettings { CustomTypes = [typeof(HandTests)] });

    public List<RuleResultTree> Ask(HandLead lead, long at)
    {
        var answer = _engine.ExecuteAllRulesAsync(Name, new RuleParameter("lead", lead), new RuleParameter("at", at));
        return answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
    }

    /// <exception cref="InvalidOperationException">It meets other criteria than the hand-written rules do.</exception>
    public void Check(int number, HandLead lead, long at)
    {
        Span<HandFinding> findings = stackalloc HandFinding[HandRules.Criteria];
        HandRules.Judge(lead, at, findings, out _, out _);
        var answers = Ask(lead, at);
        for (var i = 0; i < findings.Length; i++)
            if (answers[i].IsSuccess != findings[i].Result > 0)
                throw new InvalidOperationException($"Lead {number}, criterion {i + 1}: by hand {findings[i].Result}, RulesEngine {answers[i].IsSuccess} {answers[i].ExceptionMessage}");
    }
}

/// <summary>What its expressions call.</summary>
public static class HandTests
{
    public static bool Industry(string text) => HandTexts.IsTargetIndustry(text);

    public static bool Country(string? company, string? person) => (company ?? person) is { } country && HandTexts.IsTargetCountry(country);

    public static bool Role(string? title, string[]? buyingRoles) =>
        (title is not null && HandTexts.Decides(title)) || (buyingRoles ?? []).Any(HandTexts.IsBuyingRole);

    /// <summary>How many acts the last days hold.</summary>
    public static long Acts(HandActs? acts, long at, int days)
    {
        if (acts is null)
            return 0;
        var start = at - days * TimeSpan.TicksPerDay;
        long count = 0, seen = 0;
        foreach (var act in acts.Acts)
            if (act.Ticks >= start && act.Ticks <= at)
                (count, seen) = (count + act.Count, Math.Max(seen, act.Ticks));
        return acts.LastTicks >= start && acts.LastTicks <= at && acts.LastTicks > seen ? count + 1 : count;
    }
}
