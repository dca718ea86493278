namespace CrmSync.Sandbox.Contracts;

/// <summary>
/// Something a person (or an automation of the customer) does in the CRM's own surface: accept, reject, return, take, dispute, set-stage, edit, merge,
/// delete, archive, convert, win, lose, submit-form or complete-task.
/// </summary>
public sealed record ActRequest
{
    public required string Crm { get; init; }
    public string? AccountId { get; init; }
    public required string Key { get; init; }

    /// <summary>The owner key of whoever acts, or <c>automation</c>; the account's first owner when it is left out.</summary>
    public string? Person { get; init; }
    public required string Act { get; init; }
    public string? Reason { get; init; }
    public string? Text { get; init; }
    public string? Stage { get; init; }

    /// <summary>The key of the lead that survives a merge.</summary>
    public string? Into { get; init; }
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = new Dictionary<string, string?>();
}

/// <summary>What the act changed.</summary>
public sealed record ActReply(string Key, string Crm, string Id, IReadOnlyList<Effect> Effects);
