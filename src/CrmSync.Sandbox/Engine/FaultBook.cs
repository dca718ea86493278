using System.IO.Enumeration;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>The faults in force, and whose turn it is.</summary>
internal sealed class FaultBook
{
    public const string RepeatPage = "repeat-page";

    private static readonly string[] Kinds =
        ["status", "delay", "cut", "drop-before", "drop-after", "delay-apply", "stale", "revoke", "redirect", "html", RepeatPage];

    private readonly List<Rule> rules = [];
    private int lastId;

    public int Add(FaultRequest fault)
    {
        if (!Kinds.Contains(fault.Fault))
        {
            throw new SandboxRequestException($"Unknown fault '{fault.Fault}'. Known: {string.Join(", ", Kinds)}.");
        }

        if (fault is { Fault: "status", Status: null } || fault.Take < 1 || fault.Every < 1)
        {
            throw new SandboxRequestException("A status fault needs a status; take and every start at 1.");
        }

        rules.Add(new Rule(fault));
        return ++lastId;
    }

    /// <summary>The fault that hits this request, if any; asking counts as a match.</summary>
    /// <param name="goesOn">Whether the request asks for a further page: what gives the one before again hits no other.</param>
    public FaultRequest? Draw(string crm, string method, string path, bool goesOn = false)
    {
        foreach (var rule in rules)
        {
            if (Matches(rule.Fault, crm, method, path) && (goesOn || rule.Fault.Fault != RepeatPage) && rule.IsDue())
            {
                return rule.Fault;
            }
        }

        return null;
    }

    public void Clear(string? crm)
    {
        rules.RemoveAll(rule => crm is null || rule.Fault.Crm == crm);
    }

    private static bool Matches(FaultRequest fault, string crm, string method, string path) =>
        fault.Crm == crm
        && (fault.Match.Method is null or "*" || fault.Match.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (fault.Match.Path is null || PathMatches(fault.Match.Path, path));

    private static bool PathMatches(string pattern, string path) => pattern.Contains('*', StringComparison.Ordinal)
        ? FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)
        : path.Contains(pattern, StringComparison.Ordinal);

    private sealed class Rule(FaultRequest fault)
    {
        private int seen;
        private int hits;

        public FaultRequest Fault => fault;

        public bool IsDue()
        {
            seen++;
            if (hits >= (fault.Take ?? int.MaxValue) || seen % (fault.Every ?? 1) != 0)
            {
                return false;
            }

            hits++;
            return true;
        }
    }
}
