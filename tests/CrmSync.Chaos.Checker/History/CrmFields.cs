namespace CrmSync.Chaos.Checker.History;

/// <summary>Names that the product's fields have in the CRM, and those of the CRM itself that the promises speak of.</summary>
public static class CrmFields
{
    public const string People = "contacts";
    public const string Tasks = "tasks";
    public const string Notes = "notes";

    public const string Stage = "lifecyclestage";
    public const string Marker = "crmsync_marker";
    public const string Handover = "crmsync_handover";
    public const string Answer = "crmsync_decision";

    /// <summary>By when an offer is to be answered.</summary>
    public const string Due = "crmsync_due";

    /// <summary>What marketing wishes.</summary>
    public const string Request = "crmsync_request";

    /// <summary>Names a task or a note of ours.</summary>
    public const string Key = "crmsync_key";

    /// <summary>Of a task: its text, and where it stands.</summary>
    public const string TaskBody = "hs_task_body";
    public const string TaskState = "hs_task_status";
    public const string Closed = "COMPLETED";
    public const string NoteBody = "hs_note_body";

    /// <summary>The pretended field under which it is told that a person's record went on as another one and is no more.</summary>
    public const string Became = "became";

    /// <summary>Whether a lead was converted: from then on its stage is told by what it became, whatever its own field holds.</summary>
    public const string Converted = "IsConverted";

    /// <summary>A sale, whose person <see cref="OfPerson"/> names, and whether it is won.</summary>
    public const string Sales = "opportunities";
    public const string OfPerson = "ContactId";
    public const string IsWon = "IsWon";

    /// <summary>The pretended field under which the log tells that a record was made.</summary>
    public const string Id = "id";

    /// <summary>The pretended fields under which the log tells that a record is no more.</summary>
    public static readonly IReadOnlySet<string> Ends = new HashSet<string> { "archived", "erased", "mergedInto" };
}

/// <summary>What our marker in a record says: <c>v1.store.lead.transition</c>, and <c>.c</c> behind the request that only clears.</summary>
public sealed record Marker(string LeadKey, string Transition, bool Clears)
{
    /// <summary>Null for anything that is no marker.</summary>
    public static Marker? Parse(string? text) => text?.Split('.') switch
    {
        ["v1", _, var lead, var transition] => new(lead, transition, false),
        ["v1", _, var lead, var transition, "c"] => new(lead, transition, true),
        _ => null,
    };
}
