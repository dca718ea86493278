namespace CrmSync.Chaos.Checker.History;

/// <summary>A webhook that the driver sent by itself. <paramref name="Status"/> is null when no answer came.</summary>
public sealed record WebhookSent(DateTimeOffset At, IReadOnlyList<string> Events, IReadOnlyList<string> LeadIds, bool IsAuthentic, int? Status)
{
    /// <summary>What was answered, in full.</summary>
    public string Answer { get; init; } = "";
}

/// <summary>Something the nemesis did. <paramref name="Name"/> is the promised fault; what happened once is once in the list.</summary>
public sealed record FaultMark(DateTimeOffset At, string Name);

/// <summary>A request as it left the product.</summary>
public sealed record WireCall(DateTimeOffset At, string Host, string Method, string Path);

/// <summary>A lead as it stands in the CRM at the end.</summary>
public sealed record CrmLead
{
    public string? Key { get; init; }
    public required string Id { get; init; }
    public string? Stage { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public IReadOnlyList<CrmActivity> Tasks { get; init; } = [];
    public IReadOnlyList<CrmActivity> Notes { get; init; } = [];
    public bool Archived { get; init; }
    public string? MergedInto { get; init; }
}

/// <summary>A task or a note with its fields.</summary>
public sealed record CrmActivity(string Id, IReadOnlyDictionary<string, string> Fields);
