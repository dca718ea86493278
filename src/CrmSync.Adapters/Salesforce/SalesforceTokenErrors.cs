using System.Net;
using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Salesforce;

/// <summary>The token endpoint's refusals, whose bodies are unlike those of the API, with what an admin can do about each.</summary>
internal static class SalesforceTokenErrors
{
    private static readonly JsonSerializerOptions Snake = new(CrmJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<CrmException> TranslateAsync(HttpResponseMessage response, string connection, SalesforceLogin login, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return new(CrmFailure.RateLimited, "Salesforce refuses further tokens for now.");
        if (status is < 400 or >= 500 or (int)HttpStatusCode.RequestTimeout)
            return new(CrmFailure.Transient, $"Salesforce's token endpoint failed (HTTP {status}).");
        var error = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        // What is not of the endpoint's shape came from something in between: no reason to call the credentials dead.
        return error?.Error is not { } code
            ? new(CrmFailure.Transient, $"Salesforce's token endpoint failed (HTTP {status}).")
            : new(CrmFailure.Unauthorised, $"Salesforce refuses the credentials: {SalesforceErrors.Word(code)}.") { Repair = RepairOf(code, error.ErrorDescription ?? "", connection, login) };
    }

    private static async Task<SalesforceTokenError?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<SalesforceTokenError>(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), Snake);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string RepairOf(string code, string description, string connection, SalesforceLogin login)
    {
        bool Says(string words) => description.Contains(words, StringComparison.OrdinalIgnoreCase);
        return Says("no client credentials user") ? "Choose a 'Run As' user in the app's policies."
            : Says("not enabled") || code.StartsWith("unsupported_grant", StringComparison.Ordinal) ? "Turn the client credentials flow on in the app."
            : Says("not supported on this domain") ? "Write the org's My Domain address in BaseUrl."
            : Says("hasn't approved") ? "Approve the app for the user beforehand, with at least one scope beside refresh_token."
            : code.StartsWith("invalid_client", StringComparison.Ordinal) ? "Check ClientId and ClientSecret: they are the app's consumer key and secret."
            : login == SalesforceLogin.Assertion ? "Check that the key in ClientSecret belongs to the certificate in the app, that Mapping:Options:Username is a user of this org, that Audience is the address at which such users log in, and that this machine's clock is right."
            : login == SalesforceLogin.ClientCredentials ? "Check the app's policies: the client credentials flow is on, and its 'Run As' user is active and may use the API."
            : $"Authorise the app again: crmsync auth login {connection}. The grant is over, or the user's or the app's rights have changed.";
    }
}
