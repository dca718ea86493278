namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Hands leads out. A lead that is quarantined or has an open intent is found out when its turn comes, and then marked
/// <c>blocked</c>, so that it is not looked at again until that ends.
/// </summary>
internal static class InboxClaims
{
    private const string Candidate = "SELECT sequence, lead_id, tries FROM inbox WHERE connection = ?1";
    private const string IsHead = "done_at IS NULL AND head = 1";

    // Three short index walks instead of one long one: ready, put off until now, claimed by somebody who did not come back.
    private const string SelectCandidates = $"""
        SELECT * FROM (
            SELECT * FROM ({Candidate} AND {IsHead} AND blocked IS NULL AND claimed_until IS NULL AND not_before IS NULL ORDER BY sequence LIMIT ?3)
            UNION ALL SELECT * FROM ({Candidate} AND {IsHead} AND blocked IS NULL AND not_before <= ?2 ORDER BY not_before LIMIT ?3)
            UNION ALL SELECT * FROM ({Candidate} AND {IsHead} AND blocked IS NULL AND claimed_until <= ?2 ORDER BY claimed_until LIMIT ?3))
        ORDER BY 1 LIMIT ?3
        """;
    private const string Claim =
        "UPDATE inbox SET claimed_by = ?2, claimed_until = ?3, epoch = ?4, not_before = NULL WHERE sequence = ?1";
    private const string SelectLast = "SELECT max(sequence) FROM inbox WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL";
    private const string SelectClaimed =
        "SELECT 1 FROM inbox WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL AND head = 1 AND claimed_until > ?3";
    private const string SelectHolder = "SELECT epoch FROM inbox WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL AND head = 1";
    private const string Release = """
        UPDATE inbox SET claimed_by = NULL, claimed_until = NULL, not_before = ?3, tries = tries + ?4
        WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL AND head = 1
        """;
    private const string FreeAll = "UPDATE inbox SET claimed_by = NULL, claimed_until = NULL WHERE claimed_until IS NOT NULL";
    private const string SelectNextPutOff =
        "SELECT min(not_before) FROM inbox WHERE connection = ?1 AND not_before IS NOT NULL AND blocked IS NULL";

    private readonly record struct Head(long Sequence, string LeadId, int Tries);

    /// <summary>Who claims, until when, and a number that tells this claim from every other.</summary>
    public readonly record struct Claimant(string Name, DateTimeOffset Until, int Epoch);

    /// <summary>Claims up to a number of leads.</summary>
    public static List<TakenLead> Take(Session session, string connection, int count, DateTimeOffset at, Claimant claimant)
    {
        var taken = new List<TakenLead>();
        // Each round either takes or blocks or ends, except for leads whose other id is in somebody's hand: asking for
        // more than is missing gets past those.
        for (var limit = count; taken.Count < count; limit *= 2)
        {
            var heads = Candidates(session, connection, at, limit);
            foreach (var head in heads)
            {
                if (taken.Count == count) break;
                if (MayTake(session, connection, head.LeadId, at)) taken.Add(Take(session, connection, head, claimant));
            }
            if (heads.Count < limit) break;
        }
        return taken;
    }

    /// <summary>Whether nobody else has taken the lead since.</summary>
    public static bool IsHeld(Session session, string connection, TakenLead taken) =>
        taken.Epoch == 0 || session.Number(SelectHolder, connection, taken.LeadId) == taken.Epoch;

    public static void GiveBack(Session session, string connection, TakenLead taken, DateTimeOffset notBefore, bool failed)
    {
        if (IsHeld(session, connection, taken)) session.Execute(Release, connection, taken.LeadId, notBefore, failed ? 1 : 0);
    }

    /// <summary>At start: whoever held a claim is no more.</summary>
    public static void FreeAllClaims(Session session) => session.Execute(FreeAll);

    public static DateTimeOffset? NextPutOff(Session session, string connection)
    {
        using var rows = session.Query(SelectNextPutOff, connection);
        return rows.Next() ? rows.Instant(0) : null;
    }

    private static List<Head> Candidates(Session session, string connection, DateTimeOffset at, int limit)
    {
        using var rows = session.Query(SelectCandidates, connection, at, limit);
        var heads = new List<Head>(limit);
        while (rows.Next()) heads.Add(new(rows.Number(0), rows.Required(1), (int)rows.Number(2)));
        return heads;
    }

    private static TakenLead Take(Session session, string connection, Head head, Claimant claimant)
    {
        session.Execute(Claim, head.Sequence, claimant.Name, claimant.Until, claimant.Epoch);
        return new(head.LeadId, session.Number(SelectLast, connection, head.LeadId), head.Tries, claimant.Epoch);
    }

    private static bool MayTake(Session session, string connection, string leadId, DateTimeOffset at)
    {
        if (QuarantineTable.Holds(session, connection, leadId)) return Blocked(session, connection, leadId, InboxBlocks.ByQuarantine);
        if (LeadTable.KeyOf(session, connection, leadId) is not { } key) return true;
        if (IntentTable.IsOpen(session, connection, key)) return Blocked(session, connection, leadId, InboxBlocks.ByIntent);
        return !LeadTable.IdsOf(session, connection, key).Exists(id => session.Any(SelectClaimed, connection, id, at));
    }

    private static bool Blocked(Session session, string connection, string leadId, string why)
    {
        InboxBlocks.Set(session, connection, leadId, why);
        return false;
    }
}
