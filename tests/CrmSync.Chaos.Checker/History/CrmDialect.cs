namespace CrmSync.Chaos.Checker.History;

/// <summary>
/// How a CRM's log and state name what <see cref="CrmFields"/> names. A line is told in the checker's words before any promise
/// is looked at, so that each promise is written once for all CRMs.
/// </summary>
public sealed record CrmDialect
{
    /// <summary>The CRM whose own words the checker uses.</summary>
    public static CrmDialect HubSpot { get; } = new();

    public static CrmDialect Salesforce { get; } = new()
    {
        Records = new Dictionary<string, string> { ["leads"] = CrmFields.People },
        Fields = new Dictionary<string, string>
        {
            ["Lifecycle_Stage__c"] = CrmFields.Stage, ["IsDeleted"] = "archived", ["MasterRecordId"] = "mergedInto", ["Description"] = CrmFields.TaskBody, ["Status"] = CrmFields.TaskState,
        },
        Values = new Dictionary<string, IReadOnlyDictionary<string, string>> { [CrmFields.TaskState] = new Dictionary<string, string> { ["Completed"] = CrmFields.Closed } },
        OwnSuffix = "__c",
        Becomes = new("contacts", "ConvertedContactId", NamesFormer: false),
    };

    /// <summary>Our fields are known by their technical names, and their options by what people read in English.</summary>
    public static CrmDialect Pipedrive { get; } = new()
    {
        Records = new Dictionary<string, string> { ["leads"] = CrmFields.People, ["activities"] = CrmFields.Tasks },
        Fields = new Dictionary<string, string>
        {
            ["Lifecycle stage"] = CrmFields.Stage, ["is_archived"] = "archived", ["is_deleted"] = "erased", ["merged_to_id"] = "mergedInto",
            ["note"] = CrmFields.TaskBody, ["content"] = CrmFields.NoteBody, ["done"] = CrmFields.TaskState,
        },
        Values = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            [CrmFields.TaskState] = new Dictionary<string, string> { ["true"] = CrmFields.Closed },
            [CrmFields.Answer] = new Dictionary<string, string>
            {
                ["Accept: I will follow up"] = "accept", ["Return: data missing"] = "return", ["Take it"] = "take", ["Reject: wrong industry"] = "reject_wrong_industry",
                ["Reject: wrong size"] = "reject_wrong_size", ["Reject: wrong country"] = "reject_wrong_country", ["Reject: wrong person"] = "reject_wrong_person",
                ["Reject: no need"] = "reject_no_need", ["Reject: no budget"] = "reject_no_budget", ["Reject: bad timing"] = "reject_bad_timing",
                ["Reject: customer or open deal"] = "reject_customer_or_open_deal", ["Reject: duplicate"] = "reject_duplicate",
                ["Reject: never relevant (competitor, vendor, student, job seeker, no consent)"] = "reject_never_relevant", ["Reject: other: say why"] = "reject_other",
            },
            [CrmFields.Request] = new Dictionary<string, string> { ["Send to sales now"] = "send", ["Hold"] = "hold", ["Dispute rejection"] = "dispute" },
            [CrmFields.Handover] = new Dictionary<string, string>
            {
                ["Waiting"] = "waiting", ["Accepted"] = "accepted", ["Accepted by silence"] = "accepted_by_silence", ["Rejected"] = "rejected", ["Returned"] = "returned",
                ["Recycled"] = "recycled", ["Disqualified"] = "disqualified", ["Expired"] = "expired", ["Superseded"] = "superseded", ["Held"] = "held",
            },
        },
        Becomes = new("deals", "source_lead_id", NamesFormer: true),
        Sale = new("deals", "status", "won"),
        Person = new("persons", "person_id"),
    };

    /// <summary>The checker's names of records, by the CRM's.</summary>
    public IReadOnlyDictionary<string, string> Records { get; init; } = new Dictionary<string, string>();

    /// <summary>The checker's names of fields, by the CRM's.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>The checker's words for values, by the checker's name of the field; others are as they are.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>What the CRM puts behind the names of our own fields.</summary>
    public string OwnSuffix { get; init; } = "";

    /// <summary>Null: a person's record stays what it is.</summary>
    public Succession? Becomes { get; init; }

    /// <summary>Null: sales are records of their own that name their person.</summary>
    public SaleInRecord? Sale { get; init; }

    /// <summary>Null: what is known of a person stands in the lead's own record.</summary>
    public FactsBeside? Person { get; init; }

    public string FieldOf(string name) => Fields.GetValueOrDefault(name)
        ?? (OwnSuffix.Length > 0 && name.StartsWith("crmsync_", StringComparison.OrdinalIgnoreCase) && name.EndsWith(OwnSuffix, StringComparison.Ordinal)
            ? name[..^OwnSuffix.Length].ToLowerInvariant()
            : name);

    /// <param name="field">The checker's name.</param>
    public string? ValueOf(string field, string? value) => value is null ? null : Values.GetValueOrDefault(field)?.GetValueOrDefault(value) ?? value;
}

/// <summary>A person's record goes on as another one.</summary>
/// <param name="Record">The CRM's name for what it becomes.</param>
/// <param name="By">The field that names the other of the two.</param>
/// <param name="NamesFormer">Whether the new record names the former, which is no more.</param>
public sealed record Succession(string Record, string By, bool NamesFormer)
{
    /// <summary>The ids of both, where a change tells of it.</summary>
    public (string Now, string Former)? In(Change change) => change.Field != By || change.After is not { } other ? null
        : !NamesFormer ? (other, change.Id)
        : change.Record == Record ? (change.Id, other) : null;
}

/// <summary>What a person's record became is itself the sale: which field of it tells, and how it says that it is won.</summary>
public sealed record SaleInRecord(string Record, string Field, string Won);

/// <summary>Of whom a lead is stands in a record of its own: the CRM's name for it, and the field by which an act names it beside the lead.</summary>
public sealed record FactsBeside(string Record, string By);
