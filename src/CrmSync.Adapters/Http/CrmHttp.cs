using System.Net;
using Microsoft.Extensions.Http.Resilience;

namespace CrmSync.Adapters.Http;

/// <summary>
/// Builds a connection's HTTP client. From outside in: errors become <see cref="CrmException"/>, reads are retried, the
/// token is added, the quota is kept, one try has its time, hosts are held, bodies are capped, nothing is sent twice unasked.
/// </summary>
internal sealed class CrmHttp(TimeProvider time, CrmHandlerWrap? wrap = null)
{
    public HttpClient Create(string connection, CrmHttpRules rules, ITokenSource tokens, params DelegatingHandler[] gates) =>
        Client(rules, Chain(
        [
            new ErrorHandler(rules, time),
            new ResilienceHandler(HttpPipelines.Reads(rules.IsRead, time)),
            new AuthHandler(tokens, rules),
            new InstanceHandler(rules),
            .. gates,
            .. Innermost(rules),
        ], Primary(connection)));

    /// <summary>For the token endpoint: no token, no quota, no second try, since a refresh may spend the grant.</summary>
    public HttpClient CreateForTokens(string connection, CrmHttpRules rules) =>
        Client(rules, Chain([new ErrorHandler(rules, time), .. Innermost(rules)], Primary(connection)));

    private static DelegatingHandler[] Innermost(CrmHttpRules rules) =>
        [new ResilienceHandler(HttpPipelines.OneTry(rules.TryTimeout)), new HostGuard(rules), new BodyGuard(rules)];

    private static HttpClient Client(CrmHttpRules rules, HttpMessageHandler handler) => new(handler)
    {
        BaseAddress = rules.BaseUrl,
        Timeout = Timeout.InfiniteTimeSpan, // waiting for quota is no time-out; each try has its own
    };

    private HttpMessageHandler Primary(string connection)
    {
        var once = new SentOnce();
        once.InnerHandler = new SocketsHttpHandler
        {
            PlaintextStreamFilter = once.WatchAsync,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null, // ids of our spans are nobody else's affair
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // lets new addresses in
        };
        return wrap is null ? once : wrap(connection, once);
    }

    private static HttpMessageHandler Chain(DelegatingHandler[] handlers, HttpMessageHandler primary)
    {
        var next = primary;
        foreach (var handler in handlers.Reverse())
        {
            handler.InnerHandler = next;
            next = handler;
        }
        return next;
    }
}
