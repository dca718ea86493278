using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CrmSync.Worker.Telemetry;

/// <summary>
/// Spans of a webhook, a pass over leads, and each request to a CRM, sent by OTLP where the standard variables say so and nowhere
/// else. All log lines of a span bear its id either way. No span tells of a person or a lead.
/// </summary>
internal static class Tracing
{
    private const string Name = "CrmSync";
    private static readonly ActivitySource Source = new(Name, ProductVersion.Text);

    /// <summary>Begins a span; null where nobody listens.</summary>
    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal) => Source.StartActivity(name, kind);

    /// <summary>Nothing came of it: it is not worth sending.</summary>
    public static void Forget(Activity? span)
    {
        if (span is not null)
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    /// <summary>Has spans made, for the ids in log lines, until it is disposed of.</summary>
    public static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Sends them, where an endpoint is named.</summary>
    public static void Export(IServiceCollection services)
    {
        if (Otlp.IsNamed("TRACES"))
            Send(services);
    }

    // By itself, so that the library is not even loaded where nothing is sent.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Send(IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("crmsync", serviceVersion: ProductVersion.Text).AddEnvironmentVariableDetector())
        .WithTracing(traces => traces.AddSource(Name).AddOtlpExporter());
}
