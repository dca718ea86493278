using System.Text.Json.Nodes;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Judgements that do not follow from what was stored, and figures that do not follow from the CRM.</summary>
internal static class BreaksOfDecisions
{
    public static IEnumerable<Break> All =>
    [
        new("evidence is rewritten under its old hash", "re-decides", h => Evidence(h, "kim", e => e with { Salt = "0000" })),
        new("a decision's evidence is gone", "re-decides",
            h => h.With(s => s with { Evidence = [.. s.Evidence.Where(e => e.Hash != h.Applied("anna", "Accepted").EvidenceHash)] })),
        new("a fact is another one than was judged", "re-decides",
            h => h.WithEvidence(h.Evidence("kim"), e => e with { Facts = Set(e.Facts, facts => facts["company.employees"] = 5) })),
        new("an act is missing that was counted", "re-decides",
            h => h.WithEvidence(h.Evidence("hans"), e => e with { Facts = Set(e.Facts, facts => facts.AsObject().Remove("engagement.webinarAttended")) })),
        new("a finding has a point too many", "re-decides",
            h => h.WithEvidence(h.Evidence("kim"), e => e with { Findings = Set(e.Findings, findings => findings[0]!["points"] = 26) })),
        new("a blocker is stored as met", "re-decides",
            h => h.WithEvidence(h.Evidence("kim"), e => e with { Findings = Set(e.Findings, findings => findings[17]!["result"] = "met") })),
        new("a score is one too high", "re-decides",
            h => h.WithEvidence(h.Evidence("kim"), e => e with { Inputs = Set(e.Inputs, inputs => inputs["interest"] = 16) })),
        new("a verdict is another one than the rules give", "re-decides", h => h.With(s => s with
        {
            Judgements = [.. s.Judgements.Select(j => j.EvidenceHash == h.Evidence("kim").Hash ? j with { Verdict = "Offer" } : j)],
        })),
        new("other rules were in force than the oracle knows", "re-decides",
            h => h.With(s => s with { RuleSets = [.. s.RuleSets, new("x", s.RuleSets[0].Body.Replace("points: 40", "points: 41", StringComparison.Ordinal))] })),

        new("a decision bears an instant at which nobody answered", "steps-follow", h => Decided(h, "anna", "Accepted", r => r with { At = h.Applied("dora", "AwaitingDecision").At })),
        new("a decision bears somebody else's name", "steps-follow", h => Decided(h, "anna", "Accepted", r => r with { Actor = "person:999" })),
        new("a rejection is decided as sent back", "steps-follow", h => Decided(h, "bo", "Rejected", r => r with { HandoverState = "Returned" }), "never-backwards"),
        new("an offer stands on evidence that lets nobody through", "steps-follow", h => Decided(h, "anna", "AwaitingDecision", r => r with { EvidenceHash = h.Evidence("kim").Hash })),
        new("an offer expires before its deadline", "steps-follow", h => Decided(h, "carl", "Returned", r => r with { HandoverState = "Expired", Actor = "crmsync" })),

        new("MQLs are not counted", "kpis", h => Figure(h, "mql-to-sal.throughput", "n", -2)),
        new("a SAL is counted twice", "kpis", h => Figure(h, "mql-to-sal.throughput", "numerator", 1)),
        new("MQLs are counted that had not their time", "kpis", h => Figure(Figure(h, "mql-to-sal", "open", -3), "mql-to-sal", "n", 3)),
        new("a SAL of its cohort is not counted", "kpis", h => Figure(h, "mql-to-sal", "numerator", -1)),
        new("open MQLs are lost", "kpis", h => Figure(h, "mql-to-sal", "open", -3)),
        new("a SAL counts as decided that nobody accepted", "kpis", h => Figure(h, "mql-to-sal.decided", "numerator", 1)),
        new("a share of a few is told", "kpis", h => h with { Kpis = Set(h.Kpis!, root => Of(root, "mql-to-sal")["value"] = 0.5) }),
        new("a customer of the cohort is counted twice", "kpis", h => Figure(h, "sal-to-customer", "numerator", 1)),
        new("a SAL is counted that had not its time", "kpis", h => Figure(Figure(h, "sal-to-customer", "open", -1), "sal-to-customer", "n", 1)),
        new("the mean stands on another sale than the median", "kpis", h => Figure(h, "sal-to-won.mean", "n", 1)),
        new("a rejection is not counted", "kpis", h => Figure(h, "mql-to-sal.decided", "n", -1)),
        new("a customer is not counted", "kpis", h => Figure(h, "sal-to-won.median", "n", -1)),
        new("an acceptance is lost to the customer rate", "kpis", h => Figure(h, "sal-to-customer", "open", -1)),
        new("the mean time to the sale is off by an hour", "kpis", h => h with { Kpis = Set(h.Kpis!, root => Of(root, "sal-to-won.mean")["value"] = 99.04) }),
    ];

    private static RunHistory Decided(RunHistory h, string key, string state, Func<AuditRow, AuditRow> change) =>
        h.WithRow(h.Store.Audit.First(r => r.Kind == "Decided" && r.TransitionId == h.Applied(key, state).TransitionId), change);

    private static RunHistory Evidence(RunHistory h, string key, Func<EvidenceRow, EvidenceRow> change)
    {
        var hash = h.Evidence(key).Hash;
        return h.With(s => s with { Evidence = [.. s.Evidence.Select(e => e.Hash == hash ? change(e) : e)] });
    }

    private static RunHistory Figure(RunHistory h, string id, string field, int by) =>
        h with { Kpis = Set(h.Kpis!, root => Of(root, id)[field] = Of(root, id)[field]!.GetValue<int>() + by) };

    private static JsonNode Of(JsonNode root, string id) => root["figures"]!.AsArray().First(f => f!["id"]!.GetValue<string>() == id && f["by"] is null)!;

    private static string Set(string json, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(json)!;
        change(node);
        return node.ToJsonString();
    }
}
