using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Adapters.Salesforce;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace CrmSync.Worker;

/// <summary>Chooses among CRMs, databases and log formats; everything else is chosen elsewhere.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        // Never disposed: a signal may come at any time.
        var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var level = new LoggingLevelSwitch();
        var world = new CommandWorld(Console.Out, Console.Error, TimeProvider.System, target => Logs(target, level), services => services.AddHubSpot().AddSalesforce().AddPipedrive())
        {
            In = Console.In, IsInteractive = !Console.IsInputRedirected,
            SetLogLevel = wanted => level.MinimumLevel = LevelConvert.ToSerilogLevel(wanted),
        };
        return await CommandRoot.RunAsync(world, args, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static SerilogLoggerFactory Logs(LogTarget target, LoggingLevelSwitch level)
    {
        var toError = target != LogTarget.StandardOutput;
        var isTerminal = toError ? !Console.IsErrorRedirected : !Console.IsOutputRedirected;
        LogEventLevel? errorsFrom = toError ? LogEventLevel.Verbose : null;
        if (target == LogTarget.Quiet)
            level.MinimumLevel = LogEventLevel.Warning;
        // The libraries' own levels stay as they are: at a lower one they would write addresses with their secret parts.
        var configuration = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Error)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning);
        configuration = isTerminal
            ? configuration.WriteTo.Console(standardErrorFromLevel: errorsFrom, formatProvider: System.Globalization.CultureInfo.InvariantCulture)
            : configuration.WriteTo.Console(new RenderedCompactJsonFormatter(), standardErrorFromLevel: errorsFrom);
        if (!toError && Otlp.IsNamed(null))
            configuration = Sent(configuration);
        return new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
    }

    // It reads the standard variables by itself; apart, so that it is not even loaded where nothing is sent.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LoggerConfiguration Sent(LoggerConfiguration configuration) =>
        configuration.WriteTo.OpenTelemetry(options => options.ResourceAttributes = new Dictionary<string, object> { ["service.name"] = "crmsync" });
}
