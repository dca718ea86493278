namespace CrmSync.Adapters.Http;

/// <summary>Sends a request to the host where the token in force is good. Stands inside the one that fetches the token.</summary>
internal sealed class InstanceHandler(CrmHttpRules rules) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (rules.Instance() is { } instance && request.RequestUri is { IsAbsoluteUri: true } target)
            request.RequestUri = new UriBuilder(target) { Scheme = instance.Scheme, Host = instance.Host, Port = instance.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
