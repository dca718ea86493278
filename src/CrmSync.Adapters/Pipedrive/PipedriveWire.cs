using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

// The JSON of Pipedrive's endpoints, as far as it is used. Everything may be absent.

/// <summary>A list; an empty one of the first version may be null.</summary>
internal sealed record PipedrivePage(bool? Success, List<Received<PipedriveRecord>>? Data, PipedriveMore? AdditionalData);

/// <summary>Whether a list goes on: told in one place or another by the first version, by a cursor in the second.</summary>
internal sealed record PipedriveMore(string? NextCursor, bool? MoreItemsInCollection, int? Start, PipedriveMore? Pagination);

internal sealed record PipedriveOne(bool? Success, PipedriveRecord? Data);

internal sealed record PipedriveFieldPage(bool? Success, List<Received<PipedriveField>>? Data, PipedriveMore? AdditionalData);

internal sealed record PipedriveFieldAnswer(bool? Success, PipedriveField? Data);

internal sealed record PipedriveField(string? FieldName, string? FieldCode, string? FieldType, bool? IsCustomField, List<PipedriveChoice>? Options, string? Description = null);

internal sealed record PipedriveChoice(string? Id, string? Label);

internal sealed record PipedriveNewField(string FieldName, string FieldType, IReadOnlyList<PipedriveNewChoice>? Options, string? Description = null);

internal sealed record PipedriveNewChoice(string Label);

internal sealed record PipedriveNewWebhook(
    string SubscriptionUrl, string EventAction, string EventObject, string Name, string HttpAuthUser, string HttpAuthPassword, string Version, int? UserId);

/// <summary>Errors have no one shape: these are the names that carry something.</summary>
internal sealed record PipedriveError(JsonElement? Error, JsonElement? Message, JsonElement? Code, JsonElement? ErrorCode, JsonElement? ErrorInfo, JsonElement? Errors = null);

internal sealed record PipedriveTokenAnswer(string? AccessToken, string? RefreshToken, decimal? ExpiresIn, string? TokenType, string? ApiDomain, string? Scope = null);
