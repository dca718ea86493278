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
            ["Lifecycle_Stage__c"] = CrmFields.Stage, ["IsDeleted"] = "archived", ["MasterRecordId"] = "mergedInto", ["Description"] = "hs_task_body",
        },
        OwnSuffix = "__c",
        Becomes = ("contacts", "ConvertedContactId"),
    };

    /// <summary>The checker's names of records, by the CRM's.</summary>
    public IReadOnlyDictionary<string, string> Records { get; init; } = new Dictionary<string, string>();

    /// <summary>The checker's names of fields, by the CRM's.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>What the CRM puts behind the names of our own fields.</summary>
    public string OwnSuffix { get; init; } = "";

    /// <summary>The record that a person's goes on as, and the field that names it; null: a person's record stays what it is.</summary>
    public (string Record, string By)? Becomes { get; init; }

    public string FieldOf(string name) => Fields.GetValueOrDefault(name)
        ?? (OwnSuffix.Length > 0 && name.StartsWith("crmsync_", StringComparison.OrdinalIgnoreCase) && name.EndsWith(OwnSuffix, StringComparison.Ordinal)
            ? name[..^OwnSuffix.Length].ToLowerInvariant()
            : name);
}

/// <summary>Tells a log in the checker's words; a record that goes on under another id keeps its first one.</summary>
public sealed class Translation(CrmDialect dialect)
{
    private readonly Dictionary<string, string> _first = [];

    public LogLine Of(LogLine line)
    {
        // The new record is filled from the old one in the request that makes it: that changes nothing of the person's.
        var made = line.Effects.Where(IsConversion).ToDictionary(e => e.After!, e => e.Id);
        foreach (var (now, first) in made)
            _first[now] = first;
        var effects = line.Effects.Where(e => !(made.ContainsKey(e.Id) && e.Record == dialect.Becomes?.Record)).Select(Of).ToList();
        return line with { Effects = effects, Reads = [.. line.Reads.Select(IdOf)] };
    }

    /// <summary>The id under which a record was first known.</summary>
    public string IdOf(string id) => _first.GetValueOrDefault(id, id);

    private bool IsConversion(Change change) => change.Field == dialect.Becomes?.By && change.After is not null;

    private Change Of(Change change)
    {
        var record = change.Record == dialect.Becomes?.Record && _first.ContainsKey(change.Id) ? CrmFields.People : dialect.Records.GetValueOrDefault(change.Record, change.Record);
        var after = change.Field == CrmFields.OfPerson && change.After is { } person ? IdOf(person) : change.After;
        return change with { Record = record, Id = IdOf(change.Id), Field = dialect.FieldOf(change.Field), After = after };
    }
}
