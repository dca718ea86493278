namespace CrmSync.Leads.Kpis;

/// <summary>What a history of leads says of a lead at an instant. The order is that in which equal instants are taken.</summary>
public enum HistoryStage
{
    Lead,
    MarketingQualified,
    SalesAccepted,
    AcceptedBySilence,
    Rejected,
    Returned,
    Recycled,
    Disqualified,
    Expired,
    Superseded,
    SalesQualified,
    Opportunity,
    Customer,
    Lost,
}

/// <summary>One entry of a lead's history. What it can be split by is null where it does not tell.</summary>
public readonly record struct HistoryEvent(HistoryStage Stage, DateTimeOffset At)
{
    public string? Source { get; init; }
    public string? Owner { get; init; }
    public string? Connection { get; init; }

    /// <summary>What names the company among those of all connections; null: the lead's own.</summary>
    public string? Company { get; init; }

    /// <summary>In place of a company's name where names are not kept: a print of it; 0: none.</summary>
    public ulong CompanyPrint { get; init; }

    /// <summary>Why sales said no.</summary>
    public string? Reason { get; init; }
}
