using System.Net;
using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Salesforce's errors in the product's words. Its messages may quote values, so only its codes and field names are kept.</summary>
internal static class SalesforceErrors
{
    public const string LimitExceeded = "REQUEST_LIMIT_EXCEEDED";
    public const string RunningTooLong = "REQUEST_RUNNING_TOO_LONG";
    public const string FieldUnknown = "INVALID_FIELD";
    public const string TypeUnknown = "INVALID_TYPE";
    private const string Details = "salesforce.errors";
    private const string SessionInvalid = "INVALID_SESSION_ID";
    private const string SessionOver = "expired or invalid";

    public static async Task<CrmException> TranslateAsync(HttpResponseMessage response, bool write, CancellationToken cancellationToken)
    {
        var errors = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var exception = Translate((int)response.StatusCode, errors, write);
        exception.Data[Details] = errors;
        return exception;
    }

    /// <summary>An error inside a composite answer, of which nothing was written.</summary>
    public static CrmException Of(int status, IReadOnlyList<SalesforceError> errors)
    {
        var exception = Translate(status, errors, write: false);
        exception.Data[Details] = errors;
        return exception;
    }

    /// <summary>What Salesforce said, for the few places that look closer.</summary>
    public static IReadOnlyList<SalesforceError> Of(CrmException exception) => exception.Data[Details] as IReadOnlyList<SalesforceError> ?? [];

    public static bool Has(CrmException exception, params ReadOnlySpan<string> codes)
    {
        foreach (var error in Of(exception))
            if (codes.Contains(error.Code))
                return true;
        return false;
    }

    /// <summary>Of two kinds of refused session one is over, and the other never gets in, however often it is renewed.</summary>
    public static async Task<bool> MayRenewAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var errors = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        return errors.Count == 0 || errors.Any(e => e.Code != SessionInvalid || e.Says(SessionOver));
    }

    public static string Describe(CrmException exception) => Of(exception) is { Count: > 0 } errors ? Describe(errors) : exception.Message;

    /// <summary>Codes and field names: what tells without telling on anyone.</summary>
    public static string Describe(IEnumerable<SalesforceError> errors)
    {
        var text = string.Join(" ", errors.SelectMany(e => new[] { e.Code }.Concat(e.Fields ?? [])).Where(w => IsWord(w)).Distinct());
        return text.Length > 0 ? text : "no reason given";
    }

    /// <summary>A code as it may be shown; a text in its place is left out.</summary>
    public static string Word(string? text) => IsWord(text) ? text! : "no reason given";

    public static async Task<IReadOnlyList<SalesforceError>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>A list of errors, as a rule; gateways answer in HTML, which tells nothing.</summary>
    public static IReadOnlyList<SalesforceError> Read(ReadOnlySpan<byte> body) =>
        body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..] ? JsonSerializer.Deserialize<List<SalesforceError?>>(body, CrmJson.Options)?.OfType<SalesforceError>().ToList() ?? [] : [];

    private static CrmException Translate(int status, IReadOnlyList<SalesforceError> errors, bool write)
    {
        var (first, said) = (errors.Count > 0 ? errors[0].Code : "", errors.Count > 0 ? Describe(errors) : $"HTTP {status}");
        return (HttpStatusCode)status switch
        {
            _ when first == LimitExceeded => new(CrmFailure.RateLimited, "Salesforce's request limit is reached."),
            // A lock, a time-out of the query or a maintenance window turned the request away before anything was done.
            _ when SalesforcePassing.IsOf(errors) => new(CrmFailure.Transient, $"Salesforce asks to come back later: {said}."),
            // It ran for longer than it may; what was done by then is not said.
            _ when errors.Any(e => e.Code == RunningTooLong) => new(CrmFailure.Transient, $"Salesforce gave this up: {said}.") { OutcomeUnknown = write },
            HttpStatusCode.Unauthorized => Refused(errors),
            HttpStatusCode.NotFound => new(CrmFailure.NotFound, $"Salesforce has no such thing: {said}."),
            HttpStatusCode.Gone => new(CrmFailure.Refused, $"Salesforce has retired this version of its API: {said}.") { Repair = "Raise Mapping:Options:ApiVersion." },
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => new(CrmFailure.Conflict, $"Salesforce holds another state: {said}."),
            HttpStatusCode.TooManyRequests => new(CrmFailure.RateLimited, "Salesforce refuses further requests for now."),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or (HttpStatusCode)420 =>
                new(CrmFailure.Transient, $"Salesforce failed (HTTP {status}).") { OutcomeUnknown = write },
            _ when first.StartsWith("API_", StringComparison.Ordinal) =>
                new(CrmFailure.Refused, $"Salesforce does not let this user use the API: {said}.") { Repair = "Give the user the permission 'API Enabled'." },
            _ when first == TypeUnknown => new(CrmFailure.Refused, $"Salesforce refused: {said}.") { Repair = "The user does not see an object: 'crmsync check' names it." },
            HttpStatusCode.Forbidden when errors.Count == 0 => new(CrmFailure.Refused, "Salesforce forbids this: HTTP 403.") { Repair = "Check that the token, or the app's session, is still good and belongs to this org." },
            HttpStatusCode.Forbidden => new(CrmFailure.Refused, $"Salesforce forbids this: {said}."),
            _ => new(CrmFailure.Refused, $"Salesforce refused: {said}."),
        };
    }

    private static CrmException Refused(IReadOnlyList<SalesforceError> errors) =>
        errors.Any(e => e.Code == SessionInvalid && !e.Says(SessionOver))
            ? new(CrmFailure.Unauthorised, "Salesforce does not let this session use the API.")
            {
                Repair = "Give the app the scope 'api', and the user the permission 'API Enabled'; check the app's policies. A new token would not help.",
            }
            : new(CrmFailure.Unauthorised, "Salesforce refuses the credentials.") { Repair = "Check that the app and its user are active; authorise the app again and renew the secret." };

    private static bool IsWord(string? text) =>
        text is { Length: > 0 and <= 100 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
