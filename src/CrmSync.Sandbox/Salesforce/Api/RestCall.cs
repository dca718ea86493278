using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Access;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>One request on its way to an endpoint, or a part of a composite one.</summary>
/// <param name="Parts">The path after the version.</param>
/// <param name="Version">Such as <c>68.0</c>.</param>
internal sealed record RestCall(Org Org, CrmRequest Request, string Version, string[] Parts)
{
    private JsonNode? body;

    public required CursorBook Cursors { get; init; }

    public required CallMeter Meter { get; init; }

    /// <summary>The transaction that the request is.</summary>
    public required Transaction Write { get; init; }

    /// <summary>Answers a request that another one carries.</summary>
    public required Func<RestCall, RestReply> Dispatch { get; init; }

    /// <summary>The people's records that it was shown.</summary>
    public List<string> Reads { get; init; } = [];

    /// <summary>When the oldest change happened that a query could not show it yet.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>PATCH may also come as a POST that says so.</summary>
    public string Method => Request.Method == "POST" && Request.Parameter("_HttpMethod") is { } real ? real.ToUpperInvariant() : Request.Method;

    public JsonObject Body => (body ??= SalesforceJson.Read(Request.Body)) as JsonObject
        ?? throw SalesforceRefusal.Json("Unexpected character: an object was expected at [line:1, column:1]");

    public string Path(string rest) => $"/services/data/v{Version}/{rest}";

    /// <summary>Writing a lead without this header set to FALSE lets the assignment rules choose its owner anew.</summary>
    public bool AssignsOwner => !string.Equals(Request.Header("Sforce-Auto-Assign"), "FALSE", StringComparison.OrdinalIgnoreCase);

    /// <summary>The caller wants its row saved although a rule only warns of a duplicate.</summary>
    public bool SavesDuplicates =>
        Request.Header("Sforce-Duplicate-Rule-Header")?.Replace(" ", "", StringComparison.Ordinal).Contains("allowSave=true", StringComparison.OrdinalIgnoreCase) == true;

    public RecordTable Table(string name) => FieldAccess.Table(Org, name) ?? throw SalesforceRefusal.NoResource();

    public object?[]? See(OrgRow record) => record.Seen((Request.Now - Request.Staleness).UtcTicks);

    public void Show(OrgRow record)
    {
        if (record.Type.Name is "Lead" or "Contact")
        {
            Reads.Add(record.Id);
        }
    }

    /// <summary>Notes what is not committed yet of a table that was asked.</summary>
    public void Miss(RecordTable table)
    {
        if (Org.Switches.CommitDelaySeconds > 0 && table.All.Where(row => row.IsUncommitted(Request.Now)).Min(row => (long?)row.State.VisibleTicks) is { } ticks)
        {
            Oldest = new DateTimeOffset(ticks, TimeSpan.Zero) - TimeSpan.FromSeconds(Org.Switches.CommitDelaySeconds);
        }
    }

    /// <summary>The row with this id, as far as the caller can see it.</summary>
    public OrgRow Find(RecordTable table, string id)
    {
        if (RecordId.Normalise(id) is not { } whole || table.Find(whole) is not { } record || See(record) is not { } values)
        {
            throw RecordId.Normalise(id) is null
                ? new SalesforceRefusal(404, "NOT_FOUND", $"Provided external ID field does not exist or is not accessible: {id}") { IsCodeFirst = true }
                : SalesforceRefusal.NoResource();
        }

        return values[SystemFields.IsDeleted] is true ? throw SalesforceRefusal.Deleted() : record;
    }
}
