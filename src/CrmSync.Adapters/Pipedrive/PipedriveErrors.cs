using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Pipedrive's errors in the product's words. Its messages may quote values, so only codes and the keys of fields are kept.</summary>
internal static partial class PipedriveErrors
{
    public const string Validation = "ERR_SCHEMA_VALIDATION_FAILED";
    private const string Details = "pipedrive.error";
    private const string Scope = "Scope and URL mismatch";
    private const string Capped = "feature_capping";
    private const string Address = "subscription_url";
    private const string Denied = "Pipedrive forbids this to the token's user";
    private const string Retired = "Pipedrive has retired this part of its API";

    public static async Task<CrmException> TranslateAsync(HttpResponseMessage response, bool write, CancellationToken cancellationToken)
    {
        var error = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var said = Describe(error, status);
        var exception = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new CrmException(CrmFailure.Unauthorised, "Pipedrive refuses the credentials.")
            {
                Repair = "Check that the token is complete and was not renewed, and that its user is active and may use the API; with OAuth authorise the app again and renew RefreshToken.",
            },
            HttpStatusCode.PaymentRequired => new(CrmFailure.Unauthorised, "The Pipedrive account is not open.") { Repair = "Settle the account's subscription." },
            HttpStatusCode.Forbidden => Forbidden(error, said),
            // Of somebody on the way, who knows nothing of leads.
            HttpStatusCode.NotFound or HttpStatusCode.Gone when !IsOfApi(response) => new(CrmFailure.Transient, $"Something before Pipedrive answered (HTTP {status}).") { OutcomeUnknown = write },
            HttpStatusCode.NotFound => new(CrmFailure.NotFound, $"Pipedrive has no such thing: {said}."),
            HttpStatusCode.Gone => new(CrmFailure.Refused, $"{Retired}: {said}.") { Repair = "Update CrmSync to a version that speaks the API of now." },
            HttpStatusCode.Conflict => new(CrmFailure.Conflict, $"Pipedrive holds another state: {said}."),
            HttpStatusCode.TooManyRequests => new(CrmFailure.RateLimited, "Pipedrive's quota is spent."),
            HttpStatusCode.UnprocessableEntity => new(CrmFailure.Refused, $"Pipedrive's limit of its kind is reached: {said}.") { Repair = "Remove webhooks that nobody needs: a user has at most 40." },
            HttpStatusCode.BadRequest when Names(error).Contains(Address) => new(CrmFailure.Refused, "Pipedrive does not take the address of our webhooks.")
            {
                Repair = "Make PublicUrl, with everything below it, answer on the internet: over HTTPS, with no redirect and no sign-in before it.",
            },
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout =>
                new(CrmFailure.Transient, $"Pipedrive failed (HTTP {status}).") { OutcomeUnknown = write },
            _ => new(CrmFailure.Refused, $"Pipedrive refused: {said}."),
        };
        exception.Data[Details] = error;
        return exception;
    }

    /// <summary>What the API says of itself in its own words, to nobody's harm.</summary>
    public static bool IsOfApi(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A field that was deleted, or an option: what is known of the fields is old.</summary>
    public static bool IsOfFields(CrmException exception) => Text(Of(exception)?.Code) == Validation || Key().IsMatch(Text(Of(exception)?.Error) ?? "");

    /// <summary>Refused for what a row holds, not for who asks.</summary>
    public static bool IsOfRows(CrmException exception) =>
        exception.Failure is CrmFailure.Conflict or CrmFailure.NotFound
        || (exception.Failure == CrmFailure.Refused && !IsScope(Of(exception)) && !IsCapped(Of(exception)) && !exception.Message.StartsWith(Retired, StringComparison.Ordinal));

    /// <summary>Forbidden to the user, and neither to the app nor altogether: another record may well be allowed.</summary>
    public static bool IsOfRights(CrmException exception) => exception.Failure == CrmFailure.Refused && exception.Message.StartsWith(Denied, StringComparison.Ordinal);

    public static bool IsCapped(CrmException exception) => IsCapped(Of(exception));

    public static bool IsScope(CrmException exception) => IsScope(Of(exception));

    /// <summary>What Pipedrive said, or our own words where it said nothing.</summary>
    public static string Describe(CrmException exception) => Of(exception) is { } error ? Describe(error, null) : exception.Message;

    private static PipedriveError? Of(CrmException exception) => exception.Data[Details] as PipedriveError;

    /// <summary>
    /// Four things are forbidden with one status: what the app was not granted, what the plan does not hold, what the user may not, and
    /// the API altogether. A page of the gateway's, the fifth, never comes this far.
    /// </summary>
    private static CrmException Forbidden(PipedriveError? error, string said)
    {
        if (IsScope(error))
            return new(CrmFailure.Refused, $"Pipedrive forbids this to the app: {said}.")
            {
                Repair = "Grant the app the scopes base, leads:full, deals:full, contacts:read, activities:full, users:read, recents:read, deal-fields:full and, for webhooks, admin. Of webhooks it may also say so where PublicUrl does not begin with https://.",
            };
        if (IsCapped(error))
            return new(CrmFailure.Refused, $"Pipedrive's plan does not hold more: {said}.") { Repair = "Remove custom fields that nobody needs, or choose a larger plan." };
        return ApiOff().IsMatch($"{Text(error?.Error)} {Text(error?.Message)}")
            ? new(CrmFailure.Unauthorised, "Pipedrive does not let this user use the API.") { Repair = "Turn API access on in the permission set of the token's user. A new token would not help." }
            : new(CrmFailure.Refused, $"{Denied}: {said}.") { Repair = "Give the token's user the right to see and edit all leads, deals and persons." };
    }

    private static bool IsScope(PipedriveError? error) => Text(error?.Error)?.Contains(Scope, StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsCapped(PipedriveError? error) => Text(error?.Code) is { } code && (code == "4" || code.StartsWith(Capped, StringComparison.Ordinal));

    private static async Task<PipedriveError?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<PipedriveError>(body, PipedriveJson.Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Describe(PipedriveError? error, int? status)
    {
        var keys = Key().Matches($"{Text(error?.Error)} {Text(error?.ErrorInfo)}").Select(m => m.Value);
        var words = new[] { Text(error?.Code), Text(error?.ErrorCode) }.Concat(Names(error)).Where(IsWord).Concat(keys).Distinct();
        var text = string.Join(" ", words);
        return text.Length > 0 ? text : status is { } code ? $"HTTP {code}" : "no reason given";
    }

    /// <summary>What of a webhook is wrong. The words behind each name may quote its value.</summary>
    private static IEnumerable<string> Names(PipedriveError? error) =>
        error?.Errors is { ValueKind: JsonValueKind.Object } errors ? errors.EnumerateObject().Select(e => e.Name) : [];

    private static string? Text(JsonElement? element) => element is { } known ? CrmJson.Text(known) : null;

    private static bool IsWord(string? text) => text is { Length: > 0 and <= 100 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")]
    private static partial Regex Key();

    [GeneratedRegex("API[ -]?(access|token)?.{0,30}(disabled|not enabled|not allowed|switched off|turned off)|access to (the )?API", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ApiOff();
}
