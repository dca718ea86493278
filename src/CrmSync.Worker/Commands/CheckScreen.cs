using System.Globalization;
using CrmSync.Adapters;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary>What <c>check</c> found, for a person or a script.</summary>
/// <param name="rulesFile">The rule file in force.</param>
/// <param name="rules">Null: it is broken, which is among what was found.</param>
internal sealed class CheckScreen(
    string rulesFile, RuleSet? rules, IReadOnlyList<FoundProblem> found, IReadOnlyDictionary<string, CrmScopes> scopes, IReadOnlyList<ConnectionQuota> quotas)
{
    public void Print(CommandWorld world, bool json)
    {
        if (json)
            world.Document(Document());
        else
            Lines(world.Out);
    }

    private object Document()
    {
        var wrong = found.Where(f => f.Problem.Reach != ProblemReach.Hint)
            .Select(f => new SettingProblem(f.Problem.Setting, f.Problem.Problem, f.Problem.Repair)).ToList();
        return new
        {
            ok = wrong.Count == 0,
            error = wrong.Count == 0 ? null : new { code = "check", problems = wrong },
            rules = new { file = rulesFile, name = rules?.Name, version = rules?.Version, hash = rules?.Hash },
            problems = found.Select(f => new { f.Connection, f.Problem.Code, f.Problem.Reach, f.Problem.Setting, f.Problem.Problem, f.Problem.Repair }),
            scopes = scopes.Select(s => new { connection = s.Key, s.Value.Granted, s.Value.Needed, s.Value.Missing, s.Value.Excess }),
            quotas = quotas.Select(q => new { q.Connection, q.Quota.Budget, q.Quota.Unit, q.Quota.Limit, q.Quota.Share, q.Quota.Used, UsedPercent = UsedPercent(q.Quota), q.Quota.Predicted, q.Quota.Left, q.Quota.Resting }),
        };
    }

    private void Lines(TextWriter to)
    {
        foreach (var (_, problem) in found.OrderByDescending(f => f.Problem.Reach))
        {
            to.WriteLine($"{(problem.Reach == ProblemReach.Hint ? "hint " : "WRONG")} {problem.Setting}: {problem.Problem}");
            to.WriteLine($"      repair: {problem.Repair}");
        }
        if (rules is not null)
            to.WriteLine($"rules: {rulesFile}, {rules.Name} v{rules.Version}, hash {rules.Hash[..12]}");
        foreach (var (name, known) in scopes)
            to.WriteLine(ScopeCheck.Line(name, known));
        foreach (var (name, quota) in quotas.Where(q => q.Quota.Limit is not null))
            to.WriteLine(QuotaLine(name, quota));
        if (found.All(f => f.Problem.Reach == ProblemReach.Hint))
            to.WriteLine("Everything that is needed is there.");
    }

    private static string QuotaLine(string connection, QuotaStatus quota) => string.Create(
        CultureInfo.InvariantCulture,
        $"quota {connection}: {quota.Share:#,0} of {quota.Limit:#,0} {quota.Unit} a day are ours; {quota.Used:#,0} used in 24 hours ({UsedPercent(quota)} % of our part), {quota.Predicted:#,0} a day at this pace{(quota.Left is { } left ? $", {left:#,0} left for all" : "")}{(quota.Resting.Count > 0 ? $"; at rest: {string.Join(", ", quota.Resting)}" : "")}");

    private static int? UsedPercent(QuotaStatus quota) => quota.Share is > 0 and var share ? (int)Math.Ceiling(100m * quota.Used / share) : null;
}

/// <summary>How a quota of a connection stands.</summary>
internal sealed record ConnectionQuota(string Connection, QuotaStatus Quota);

/// <summary>Something that <c>check</c> found; without a connection where it is about all of them.</summary>
internal sealed record FoundProblem(string Connection, CrmProblem Problem);
