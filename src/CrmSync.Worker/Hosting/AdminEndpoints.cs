using CrmSync.Worker.Connections;
using CrmSync.Worker.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Worker.Hosting;

/// <summary>What the second listener answers: is it alive, is it ready, how much of what.</summary>
internal static class AdminEndpoints
{
    public static async Task AnswerAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        switch (context.Request.Path.Value)
        {
            case "/health/live":
                await LiveAsync(context);
                return;
            case "/health/ready":
                var health = await HealthAnswer.OfAsync(context);
                context.Response.StatusCode = health.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                await context.Response.WriteAsJsonAsync(health, cancellationToken);
                return;
            case "/metrics":
                context.Response.ContentType = MetricText.ContentType;
                await context.Response.WriteAsync(await context.RequestServices.GetRequiredService<MetricsPage>().WriteAsync(cancellationToken), cancellationToken);
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
    }

    /// <summary>Only a loop that stands still calls for a restart: neither a CRM that is down nor a full disk is cured by one.</summary>
    private static Task LiveAsync(HttpContext context)
    {
        var still = context.RequestServices.GetRequiredService<Heartbeats>().StandingStill();
        context.Response.StatusCode = still.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(still.Count == 0 ? "alive\n" : $"standing still: {string.Join(", ", still)}\n", context.RequestAborted);
    }
}
