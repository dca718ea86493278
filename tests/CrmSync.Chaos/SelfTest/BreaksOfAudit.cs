using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.SelfTest;

/// <summary>An audit that somebody had a hand in, and intents that do not end.</summary>
internal static class BreaksOfAudit
{
    public static IEnumerable<Break> All =>
    [
        new("a hash is flipped", "chain-verifies", h => Row(h, 5, r => r with { Hash = (r.Hash[0] == '0' ? '1' : '0') + r.Hash[1..] })),
        new("a row's actor is rewritten", "chain-verifies", h => Row(h, 5, r => r with { Actor = "person:1" })),
        new("a row's instant is rewritten", "chain-verifies", h => Row(h, 5, r => r with { At = "2026-01-05T07:00:00.001Z" })),
        new("a row is cut out", "chain-verifies", h => h.With(s => s with { Audit = [.. s.Audit.Where(r => r.Kind != "RuleSetLoaded")] })),
        new("the tail is cut off", "chain-verifies", h => h.With(s => s with { Anchors = [.. s.Anchors, new(s.Anchors[^1].At, s.Audit.Count + 1, new string('a', 64))] })),
        new("two rows are exchanged", "chain-verifies", h => h.With(s => s with { Audit = [s.Audit[0], s.Audit[2], s.Audit[1], .. s.Audit.Skip(3)] })),
        new("the whole chain is written anew", "chain-verifies",
            h => h.WithRow(h.Store.Audit[0], r => r with { Actor = "unknown" }).With(s => s with { Anchors = h.Store.Anchors })),
        new("a row is put in", "chain-verifies", h => h.With(s => s with { Audit = [.. s.Audit, s.Audit[0] with { Sequence = s.Audit.Count + 1 }] })),
        new("the audit says that it was restored, and nobody did that", "chain-verifies", h => h.WithAudit(rows =>
            rows.Append(rows.Last() with { Kind = "Restored", TransitionId = null, LeadKey = null, Episode = null, FromStage = null, ToStage = null, HandoverState = null, Actor = "crmsync", RuleSetHash = null, EvidenceHash = null }))),

        new("an intent is open", "intents-end", h => h.WithIntent(h.Applied("anna", "Accepted").TransitionId!, i => i with { SettledAt = null })),
        new("a decision has no end", "intents-end", h => h.WithoutRow(h.Applied("kim", null)), "effects-audited"),
        new("an end has no decision", "intents-end",
            h => h.WithAudit(rows => rows.Where(r => r.Kind != "Decided" || r.TransitionId != h.Applied("kim", null).TransitionId)), "effects-audited"),
        new("a decision ends twice", "intents-end",
            h => h.WithAudit(rows => rows.SelectMany(r => r.Sequence == h.Applied("kim", null).Sequence ? new[] { r, r } : [r])), "effects-audited"),
        new("an end stands before its decision", "intents-end", h => h.WithAudit(rows => rows.OrderBy(r => r.Sequence == h.Applied("kim", null).Sequence ? 0 : r.Sequence))),
        new("intent and audit tell different ends", "intents-end", h => h.WithIntent(h.Applied("kim", null).TransitionId!, i => i with { State = "conflict" })),
        new("an intent was never decided", "intents-end",
            h => h.With(s => s with { Intents = [.. s.Intents, s.Intents[0] with { TransitionId = "never" }] })),
        new("a decision has no intent", "intents-end",
            h => h.With(s => s with { Intents = [.. s.Intents.Where(i => i.TransitionId != h.Applied("anna", "Accepted").TransitionId)] })),
    ];

    private static RunHistory Row(RunHistory h, long sequence, Func<AuditRow, AuditRow> change) =>
        h.With(s => s with { Audit = [.. s.Audit.Select(r => r.Sequence == sequence ? change(r) : r)], Anchors = [.. s.Anchors.Where(a => a.Sequence != sequence)] });
}
