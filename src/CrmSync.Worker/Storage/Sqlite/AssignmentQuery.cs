using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What assignment asks of the past: whose turn was last, and who has offers at a company.</summary>
internal static class AssignmentQuery
{
    private const string TurnPrefix = "turn:";

    // All names that begin with the prefix: the character after its last one ends them.
    private const string SelectTurns = "SELECT name, value FROM remembered WHERE connection = ?1 AND name >= 'turn:' AND name < 'turn;'";

    // An offer is its lead's only once the CRM has confirmed it; until then its intent has it.
    private const string SelectOwner = """
        SELECT owner FROM (
            SELECT json_extract(body, '$.episode.ownerId') AS owner, json_extract(body, '$.episode.offeredAt') AS offered
            FROM lead_states INDEXED BY lead_states_companies WHERE connection = ?1 AND company = ?2
            UNION ALL
            SELECT json_extract(body, '$.episode.ownerId'), json_extract(body, '$.episode.offeredAt')
            FROM intents INDEXED BY intents_companies WHERE connection = ?1 AND company = ?2 AND settled_at IS NULL)
        WHERE owner IS NOT NULL ORDER BY offered, owner LIMIT 1
        """;

    /// <summary>The company at which an offer is open.</summary>
    public static string? CompanyOf(Episode? episode) => episode is { State: HandoverState.AwaitingDecision, CompanyId: var company } ? company : null;

    public static void SaveTurn(Session session, string connection, TurnTaken turn) =>
        RememberedTable.Set(session, connection, TurnPrefix + turn.RuleId, turn.Person);

    public static Dictionary<string, string> Turns(Session session, string connection)
    {
        using var rows = session.Query(SelectTurns, connection);
        var turns = new Dictionary<string, string>(StringComparer.Ordinal);
        while (rows.Next()) turns[rows.Required(0)[TurnPrefix.Length..]] = rows.Required(1);
        return turns;
    }

    public static Dictionary<string, string> OfferOwners(Session session, string connection, IReadOnlyCollection<string> companyIds)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var company in companyIds)
            if (session.Text(SelectOwner, connection, company) is { } owner) owners[company] = owner;
        return owners;
    }
}
