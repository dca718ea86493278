using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>Where log lines go.</summary>
internal enum LogTarget
{
    /// <summary>The service's own: JSON lines, or readable text on a terminal.</summary>
    StandardOutput,

    /// <summary>Beside a document on standard output.</summary>
    StandardError,

    /// <summary>Warnings only, on standard error: a person reads the command's own output.</summary>
    Quiet,
}

/// <summary>What commands are given of the world around them.</summary>
internal sealed record CommandWorld(
    TextWriter Out,
    TextWriter Error,
    TimeProvider Clock,
    Func<LogTarget, ILoggerFactory> Logs,
    Action<IServiceCollection> AddCrms)
{
    /// <summary>Sets how much is logged from now on.</summary>
    public Action<LogLevel> SetLogLevel { get; init; } = _ => { };

    /// <summary>What a person types.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Somebody sits at a terminal and can be asked.</summary>
    public bool IsInteractive { get; init; }
}
