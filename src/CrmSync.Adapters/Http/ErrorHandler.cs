using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace CrmSync.Adapters.Http;

/// <summary>
/// The edge: whatever goes wrong below leaves here as a <see cref="CrmException"/> without bodies or secrets, and with the
/// knowledge whether a write may have been applied.
/// </summary>
internal sealed class ErrorHandler(CrmHttpRules rules, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var write = !rules.IsRead(request);
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw IsRedirect(response.StatusCode)
                    ? Redirected(response, write)
                    : await rules.Translate(response, write, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not CrmException && !cancellationToken.IsCancellationRequested)
        {
            throw Translate(e, write);
        }
    }

    private CrmException Translate(Exception error, bool write) => error switch
    {
        BrokenCircuitException broken => new(CrmFailure.Transient, "The CRM has been failing and is given a rest.")
        {
            RetryAt = time.GetUtcNow() + (broken.RetryAfter ?? TimeSpan.Zero),
            Repair = "It is asked again by itself; see the lines before this one for what failed.",
        },
        TimeoutRejectedException => new(CrmFailure.Transient, "The CRM did not answer in time.") { OutcomeUnknown = write },
        ForeignBodyException foreign => new(CrmFailure.Transient, foreign.Message) { OutcomeUnknown = write },
        HttpRequestException { HttpRequestError: var why } when NeverSent(why) =>
            new(CrmFailure.Transient, $"The CRM cannot be reached ({why}).") { Repair = "Check the network, DNS and certificates between here and the CRM." },
        HttpRequestException { HttpRequestError: var why } => new(CrmFailure.Transient, $"The connection to the CRM broke ({why}).") { OutcomeUnknown = write },
        _ => new(CrmFailure.Transient, $"The call to the CRM failed ({error.GetType().Name}).") { OutcomeUnknown = write },
    };

    private static CrmException Redirected(HttpResponseMessage response, bool write) =>
        new(CrmFailure.Refused, $"The CRM answered with a redirect to '{response.Headers.Location?.Host}', which is not followed.")
        {
            OutcomeUnknown = write,
            Repair = "Check BaseUrl.",
        };

    private static bool IsRedirect(HttpStatusCode status) => (int)status is >= 300 and < 400;

    private static bool NeverSent(HttpRequestError why) =>
        why is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError;
}
