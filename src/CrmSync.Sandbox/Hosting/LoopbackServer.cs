using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Sandbox.Hosting;

/// <summary>One port on this machine's own address; the sandbox never listens on a network.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private const long LongestBody = 512L * 1024 * 1024;
    private const int LongestLine = 128 * 1024;

    private readonly WebApplication app;

    private LoopbackServer(WebApplication app, Uri url) => (this.app, Url) = (app, url);

    public Uri Url { get; }

    /// <summary>Port 0 takes any free one.</summary>
    public static Task<LoopbackServer> StartAsync(int port, Action<WebApplication> map, CancellationToken cancellationToken) =>
        StartAsync(port, _ => { }, services => services.AddRoutingCore(), map, cancellationToken);

    /// <summary>As above, for a protocol that wants more than plain HTTP.</summary>
    public static async Task<LoopbackServer> StartAsync(
        int port, Action<ListenOptions> listen, Action<IServiceCollection> services, Action<WebApplication> map, CancellationToken cancellationToken)
    {
        // The empty builder reads neither settings files nor environment, so nothing around the sandbox can move its ports.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
            // How long an address may be is the dialect's affair.
            kestrel.Limits.MaxRequestLineSize = LongestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = LongestLine;
            kestrel.Listen(IPAddress.Loopback, port, listen);
        });
        services(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync(cancellationToken);
        return new LoopbackServer(app, new Uri(app.Urls.First()));
    }

    public static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.ToArray();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
