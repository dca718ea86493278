using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// The token endpoint's refusals. Their texts are documented and the form around them is not; whoever says none of them, such as a
/// gateway, knows nothing of the grant, and to call it dead would send an admin to authorise an app that needs no such thing.
/// </summary>
internal static partial class PipedriveTokenErrors
{
    private const int MostBytes = 4096;
    private const string OfGrant = "(refresh[ _]token|authori[sz]ation[ _]code)";

    /// <summary>A token that was exchanged before is one of the documented causes.</summary>
    private const string Dead = "(invalid|expired|revoked|(already|was|been)[ _](used|exchanged)|not[ _](valid|found))";

    public static async Task<CrmException> TranslateAsync(HttpResponseMessage response, string connection, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return new(CrmFailure.RateLimited, "Pipedrive refuses further tokens for now.");
        var said = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized ? await TextAsync(response, cancellationToken).ConfigureAwait(false) : "";
        if (DeadGrant().IsMatch(said))
            return new(CrmFailure.Unauthorised, "Pipedrive no longer accepts the OAuth grant.")
            {
                Repair = $"Authorise the app again: crmsync auth login {connection}. Or set Connections:{connection}:RefreshToken.",
            };
        return WrongApp().IsMatch(said)
            ? new(CrmFailure.Unauthorised, "Pipedrive does not know the app by these credentials.") { Repair = $"Check Connections:{connection}:ClientId and ClientSecret: they are the app's." }
            : new(CrmFailure.Transient, $"Pipedrive's token endpoint failed (HTTP {(int)response.StatusCode}).")
            {
                Repair = "If it goes on, see whether something between here and Pipedrive answers in its place, and whether the app's callback URL is ours.",
            };
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true)
            return "";
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MostBytes)));
    }

    [GeneratedRegex($$"""invalid_grant|(invalid|expired)[^"]{0,40}{{OfGrant}}|{{OfGrant}}[^"]{0,40}{{Dead}}""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeadGrant();

    [GeneratedRegex("(invalid|unauthorized)_client|client[ _](credentials|id|secret)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WrongApp();
}
