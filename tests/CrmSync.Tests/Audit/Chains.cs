using CrmSync.Tests.Storage;
using CrmSync.Worker.Audit;

namespace CrmSync.Tests.Audit;

/// <summary>Chains to tamper with.</summary>
internal static class Chains
{
    /// <summary>A valid chain: per choice a transition of a lead that is left open or ends in one of four ways.</summary>
    public static List<AuditRow> Of(IReadOnlyList<(int End, int Lead)> choices)
    {
        var drafts = new List<AuditDraft>();
        foreach (var (end, lead) in choices)
        {
            var decided = Some.Decided($"t{drafts.Count}", $"key-{lead}");
            drafts.Add(decided);
            if (end > 0) drafts.Add(decided with { Kind = AuditKind.Decided + end });
        }
        return Of(drafts);
    }

    public static List<AuditRow> Of(IEnumerable<AuditDraft> drafts)
    {
        var rows = new List<AuditRow>();
        foreach (var draft in drafts) rows.Add(AuditChain.Link(draft, rows.Count, rows.Count == 0 ? AuditChain.Start : rows[^1].Hash));
        return rows;
    }

    /// <summary>Another text in one of the twelve columns that are hashed.</summary>
    public static AuditRow Change(AuditRow row, int column) => column switch
    {
        0 => row with { Sequence = row.Sequence + 1 },
        1 => row with { Kind = row.Kind + "x" },
        2 => row with { TransitionId = row.TransitionId + "x" },
        3 => row with { LeadKey = row.LeadKey + "x" },
        4 => row with { Episode = null },
        5 => row with { FromStage = "" },
        6 => row with { ToStage = "Customer" },
        7 => row with { HandoverState = "Accepted" },
        8 => row with { At = "2026-01-05T07:00:00.001Z" },
        9 => row with { Actor = "person:7" },
        10 => row with { RuleSetHash = null },
        _ => row with { EvidenceHash = "other" },
    };

    public static AuditVerdict Verify(IEnumerable<AuditRow> rows, params Anchor[] anchors) =>
        AuditVerifier.VerifyAsync(rows.ToAsyncEnumerable(), anchors).GetAwaiter().GetResult();
}
