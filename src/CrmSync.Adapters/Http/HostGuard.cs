namespace CrmSync.Adapters.Http;

/// <summary>Credentials go to the connection's own host and to no other, whatever a page's link or a bug may ask for.</summary>
internal sealed class HostGuard(CrmHttpRules rules) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (target, own) = (request.RequestUri, rules.Instance() ?? rules.BaseUrl);
        return target is not null && target.IsAbsoluteUri && target.Scheme == own.Scheme && target.Authority == own.Authority
            ? base.SendAsync(request, cancellationToken)
            : throw new CrmException(
                CrmFailure.Refused, $"A request to the host '{target?.Host}' was stopped: this connection speaks to '{own.Host}' only.");
    }

    /// <summary>
    /// What is wrong with a base URL, or null. Https to the vendor's hosts or to hosts an admin trusts by name; plain http
    /// to this machine alone, where a sandbox runs.
    /// </summary>
    public static string? Problem(Uri url, IReadOnlyList<string> vendorSuffixes, IReadOnlyList<string> trusted)
    {
        if (!url.IsAbsoluteUri || url.UserInfo.Length > 0 || url.Query.Length > 0)
            return "must be an absolute URL without user, password or query";
        if (url.IsLoopback)
            return url.Scheme is "http" or "https" ? null : "must be http or https";
        if (url.Scheme != "https")
            return "must use https: plain http is for this machine only";
        if (trusted.Contains(url.Host, StringComparer.OrdinalIgnoreCase))
            return null;
        return vendorSuffixes.Any(s => url.Host.Equals(s, StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith("." + s, StringComparison.OrdinalIgnoreCase))
            ? null
            : $"names a host outside {string.Join(", ", vendorSuffixes)}";
    }
}
