using System.Security.Cryptography.X509Certificates;
using CrmSync.Sandbox.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>The event bus on a port of its own; clients insist on TLS.</summary>
internal static class StreamServer
{
    public static Task<LoopbackServer> StartAsync(int port, PubSubService service, X509Certificate2 certificate, CancellationToken cancellationToken) =>
        LoopbackServer.StartAsync(
        port,
        listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(certificate);
        },
        services =>
        {
            services.AddRouting();
            services.AddGrpc();
            services.AddSingleton(service);
        },
        app =>
        {
            app.UseRouting();
            app.MapGrpcService<PubSubService>();
        },
        cancellationToken);
}
