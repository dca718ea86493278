namespace CrmSync.Chaos.Checker.History;

/// <summary>Sales by their person, where a CRM keeps a lead's later stages in them and not in its record.</summary>
public sealed class SaleBook(Timeline timeline)
{
    private readonly ILookup<string?, string> _byPerson = timeline.All.Where(e => e.Change.Record == CrmFields.Sales && e.Is(CrmFields.OfPerson))
        .ToLookup(e => e.Change.After, e => e.Change.Id);

    private readonly ILookup<string, Effect> _ends = timeline.All.Where(e => e.Change.Record == CrmFields.Sales && e.Is(CrmFields.IsWon)).ToLookup(e => e.Change.Id);

    /// <summary>When the last of a person's sales was won; null: none was.</summary>
    public DateTimeOffset? WonAt(string leadId) => _byPerson[leadId].SelectMany(sale => _ends[sale].TakeLast(1)).Where(e => e.Change.After == "true").Max(e => (DateTimeOffset?)e.Line.At);

    /// <summary>When a person's own sale was won first, and an earlier line told of somebody else's: merged persons share it. Null: there is no such thing.</summary>
    public DateTimeOffset? WonBehindOthers(string leadId, long before)
    {
        var own = _byPerson[leadId].ToHashSet();
        return _ends.Any(sale => !own.Contains(sale.Key) && sale.Any(e => e.Change.After == "true" && e.N < before))
            ? own.SelectMany(sale => _ends[sale]).Where(e => e.Change.After == "true").Min(e => (DateTimeOffset?)e.Line.At)
            : null;
    }

    /// <summary>Where the log tells of the last thing that became of a person's sales; null: they have none, or none is closed.</summary>
    public long? LastEndOf(string leadId) => _byPerson[leadId].SelectMany(sale => _ends[sale]).Max(e => (long?)e.N);

    /// <summary>The stage that a person's sales stand for; null: there is none.</summary>
    public string? StageOf(string leadId) => !_byPerson[leadId].Any() ? null
        : _byPerson[leadId].Any(sale => _ends[sale].LastOrDefault()?.Change.After == "true") ? "Customer" : "Opportunity";
}
