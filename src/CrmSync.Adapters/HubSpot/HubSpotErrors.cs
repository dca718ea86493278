using System.Net;
using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

/// <summary>HubSpot's errors in the product's words. Its messages may quote values, so only its codes and names are kept.</summary>
internal static class HubSpotErrors
{
    private const string Details = "hubspot.error";

    public static async Task<CrmException> TranslateAsync(HttpResponseMessage response, bool write, CancellationToken cancellationToken)
    {
        var error = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var exception = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new CrmException(CrmFailure.Unauthorised, "HubSpot refuses the credentials.")
            {
                Repair = "Check that the token is complete and was not rotated or revoked; with OAuth authorise the app again and renew RefreshToken.",
            },
            HttpStatusCode.Forbidden => new CrmException(CrmFailure.Refused, $"HubSpot forbids this: {Describe(error, status)}.")
            {
                Repair = ScopesOf(error) is { Count: > 0 } scopes ? $"Give the app the scopes {string.Join(", ", scopes)}." : null,
            },
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new CrmException(CrmFailure.NotFound, $"HubSpot has no such thing: {Describe(error, status)}."),
            HttpStatusCode.Conflict => new CrmException(CrmFailure.Conflict, $"HubSpot holds another state: {Describe(error, status)}."),
            HttpStatusCode.TooManyRequests => new CrmException(CrmFailure.RateLimited, "HubSpot's quota is spent."),
            // A lock or a move between data centres turned the request away before anything was done.
            HttpStatusCode.Locked or (HttpStatusCode)477 => new CrmException(CrmFailure.Transient, $"HubSpot asks to come back later (HTTP {status})."),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout =>
                new CrmException(CrmFailure.Transient, $"HubSpot failed (HTTP {status}).") { OutcomeUnknown = write },
            _ => new CrmException(CrmFailure.Refused, $"HubSpot refused: {Describe(error, status)}."),
        };
        exception.Data[Details] = error;
        return exception;
    }

    /// <summary>What HubSpot said, for the few places that look closer.</summary>
    public static HubSpotError? Of(CrmException exception) => exception.Data[Details] as HubSpotError;

    /// <summary>
    /// What was to be made is there. Of properties HubSpot does not document how it says so: a conflict, or words; of lists the
    /// sub-category ILS.DUPLICATE_LIST_NAMES of a 400 is what public integrations check for.
    /// </summary>
    public static bool SaysItExists(CrmException exception) =>
        exception.Failure == CrmFailure.Conflict
        || exception.Failure == CrmFailure.Refused && Of(exception) is { } error
            && (error.SubCategory == "ILS.DUPLICATE_LIST_NAMES"
                || $"{error.SubCategory} {error.Message}".Contains("already exists", StringComparison.OrdinalIgnoreCase));

    /// <summary>Refused for what a row holds, not for who asks: a missing scope is every row's.</summary>
    public static bool IsOfRows(CrmException exception) =>
        exception.Failure is CrmFailure.Conflict or CrmFailure.NotFound
        || exception.Failure == CrmFailure.Refused && Of(exception)?.Category is not ("MISSING_SCOPES" or "FORBIDDEN");

    /// <summary>The value of a unique property belongs to another record: of one made just now, or, for all that is documented, a deleted one.</summary>
    public static bool SaysItIsTaken(CrmException exception) =>
        exception.Failure == CrmFailure.Conflict
        || (Of(exception)?.Errors ?? []).Exists(error => error.Code == "CONFLICTING_UNIQUE_VALUE");

    public static async Task<HubSpotError?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<HubSpotError>(body, CrmJson.Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What HubSpot said, or our own words where it said nothing.</summary>
    public static string Describe(CrmException exception) => Of(exception) is { } error ? Describe(error) : exception.Message;

    /// <summary>Category, codes and property names: what tells without telling on anyone.</summary>
    public static string Describe(HubSpotError? error, int? status = null)
    {
        if (error is null)
            return status is { } code ? $"HTTP {code}" : "no reason given";
        var nested = error.Errors ?? [];
        var words = new[] { error.Category, error.SubCategory, error.Code }
            .Concat(nested.SelectMany(e => new[] { e.Code, e.SubCategory }))
            .Concat(PropertiesOf(error))
            .Where(w => !string.IsNullOrEmpty(w) && w.Length <= 100 && w.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'));
        var text = string.Join(" ", words.Distinct());
        return text.Length > 0 ? text : status is { } plain ? $"HTTP {plain}" : "no reason given";
    }

    public static IReadOnlyList<string> PropertiesOf(HubSpotError? error) => Context(error, "propertyName");

    public static IReadOnlyList<string> ScopesOf(HubSpotError? error) =>
        [.. Context(error, "requiredGranularScopes").Concat(Context(error, "requiredScopes")).Distinct()];

    public static IReadOnlyList<string> IdsOf(HubSpotError error)
    {
        List<string> ids = [.. Context(error, "ids"), .. Context(error, "id")];
        if (error.Id is { } id)
            ids.Add(id);
        return ids;
    }

    public static IReadOnlyList<string> TracesOf(HubSpotError error) => Context(error, "objectWriteTraceId");

    private static List<string> Context(HubSpotError? error, string key)
    {
        var found = new List<string>();
        if (error?.Context?.TryGetValue(key, out var value) == true)
            found.AddRange(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Text) : [Text(value)]);
        foreach (var nested in error?.Errors ?? [])
            found.AddRange(Context(nested, key));
        return found;
    }

    private static string Text(JsonElement value) => CrmJson.Text(value) ?? "";
}
