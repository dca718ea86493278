using CrmSync.Worker.Configuration;
using CrmSync.Worker.Intake;
using CrmSync.Worker.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Hosting;

/// <summary>Two listeners: webhooks for the world, administration for the machine itself.</summary>
internal static class WebHost
{
    /// <summary>
    /// Docker ends a container after ten seconds; work in hand is finished or left to be settled before that, with time
    /// left for the audit's anchor and for closing the store.
    /// </summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    public static WebApplication Build(WorkerSettings settings, ILoggerFactory logs, Action<IServiceCollection> addServices)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(Otlp.Variables());
        builder.Services.AddSingleton(logs);
        builder.Services.AddLogging();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 * 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = 2_000;
            kestrel.Listen(settings.Webhooks);
            kestrel.Listen(settings.Admin);
        });
        addServices(builder.Services);
        var app = builder.Build();
        Route(app, settings);
        return app;
    }

    /// <summary>The addresses in use, when a port was left to chance.</summary>
    public static (Uri Webhooks, Uri Admin) Addresses(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToList();
        return (bound[0], bound[1]);
    }

    private static void Route(WebApplication app, WorkerSettings settings)
    {
        var endpoint = app.Services.GetRequiredService<WebhookEndpoint>();
        var (times, clock) = (app.Services.GetRequiredService<WebhookTimes>(), app.Services.GetRequiredService<TimeProvider>());
        int? adminPort = settings.Admin.Port == 0 ? null : settings.Admin.Port;
        app.Run(context =>
        {
            adminPort ??= Addresses(app).Admin.Port;
            return context.Connection.LocalPort == adminPort ? AdminEndpoints.AnswerAsync(context) : TimedAsync(context);
        });

        async Task TimedAsync(HttpContext context)
        {
            // The request's own activity is nobody's parent: a stranger's header would decide what is traced, and by which id.
            System.Diagnostics.Activity.Current = null;
            using var span = Tracing.Start("webhook", System.Diagnostics.ActivityKind.Server);
            var started = clock.GetTimestamp();
            await endpoint.HandleAsync(context);
            span?.SetTag("http.response.status_code", context.Response.StatusCode);
            times.Durations.Add(clock.GetElapsedTime(started));
        }
    }
}
