using System.Globalization;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Load;

/// <summary>What one run of the driver does. It ends after <see cref="Seconds"/> or <see cref="Requests"/>, whichever comes first.</summary>
internal sealed record LoadPlan
{
    public required int Port { get; init; }
    public required string Path { get; init; }

    /// <summary>The URL that goes into the signature.</summary>
    public required string SignedAs { get; init; }
    public required string Secret { get; init; }
    public required int Connections { get; init; }
    public required double Seconds { get; init; }

    /// <summary>Signed before the clock starts, so also the most that can be sent.</summary>
    public required int Requests { get; init; }

    /// <summary>Events in each request.</summary>
    public int Events { get; init; } = 1;

    /// <summary>Events are about these leads in turn.</summary>
    public required long FirstLead { get; init; }
    public required int Leads { get; init; }

    public string[] ToArguments() =>
    [
        "driver", "--port", Text(Port), "--path", Path, "--signed-as", SignedAs, "--secret", Secret, "--connections", Text(Connections),
        "--seconds", Seconds.ToString(CultureInfo.InvariantCulture), "--requests", Text(Requests), "--events", Text(Events),
        "--first-lead", Text(FirstLead), "--leads", Text(Leads),
    ];

    public static LoadPlan Read(Arguments arguments) => new()
    {
        Port = arguments.Number("port", 0),
        Path = arguments.Text("path"),
        SignedAs = arguments.Text("signed-as"),
        Secret = arguments.Text("secret"),
        Connections = arguments.Number("connections", 1),
        Seconds = arguments.Real("seconds", 5),
        Requests = arguments.Number("requests", 100_000),
        Events = arguments.Number("events", 1),
        FirstLead = arguments.Long("first-lead", 1),
        Leads = arguments.Number("leads", 1),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
