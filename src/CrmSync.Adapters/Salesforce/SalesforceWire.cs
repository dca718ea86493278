using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Salesforce;

// The JSON of Salesforce's endpoints, as far as it is used. Everything may be absent.

internal sealed record SalesforcePage(int? TotalSize, bool? Done, string? NextRecordsUrl, List<Received<SalesforceRecord>>? Records);

/// <summary>An error of a call names its code in one key, an error of a row in another.</summary>
internal sealed record SalesforceError(string? ErrorCode, string? StatusCode, string? Message, List<string?>? Fields)
{
    public string Code => ErrorCode ?? StatusCode ?? "";

    public bool Says(string words) => Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>What became of one row. A failed one may come without an id: rows are known by their place.</summary>
internal sealed record SalesforceRow(string? Id, bool? Success, bool? Created, List<SalesforceError>? Errors);

internal sealed record SalesforceRows(bool AllOrNone, IReadOnlyList<Dictionary<string, object?>> Records);

internal sealed record SalesforceComposite(bool AllOrNone, IReadOnlyList<SalesforceSubrequest> CompositeRequest);

internal sealed record SalesforceSubrequest(string Method, string Url, string ReferenceId);

internal sealed record SalesforceCompositeAnswer(List<SalesforceSubanswer>? CompositeResponse);

internal sealed record SalesforceSubanswer(JsonElement? Body, int? HttpStatusCode, string? ReferenceId);

internal sealed record SalesforceTokenAnswer(string? AccessToken, string? RefreshToken, string? InstanceUrl, string? Id, string? TokenType, string? Scope = null);

internal sealed record SalesforceTokenError(string? Error, string? ErrorDescription);

internal sealed record SalesforceVersion(string? Version, string? Label);

internal sealed record SalesforceDescription(string? Name, bool? Createable, bool? Updateable, List<SalesforceField>? Fields);

internal sealed record SalesforceField(
    string? Name, string? Label, string? Type, bool? Updateable, bool? Unique, bool? ExternalId, List<SalesforcePicklistValue>? PicklistValues)
{
    /// <summary>The values that may be chosen; none where it is no picklist.</summary>
    public IEnumerable<SalesforcePicklistValue> Active => (PicklistValues ?? []).Where(v => v is { Value: not null, Active: not false });

    /// <summary>Whether the field has a place for the value: a picklist for its own ones, any other field for all.</summary>
    public bool Takes(string? value) => PicklistValues is not { Count: > 0 } || Active.Any(v => v.Value == value);
}

internal sealed record SalesforcePicklistValue(string? Value, string? Label, bool? Active);
