using System.Globalization;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Benchmarks.Figures;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Benchmarks.Purse;

/// <summary>What a day takes whatever happens in it, and what each lead takes beside, in tokens.</summary>
/// <param name="HandedOver">Of a lead that is offered and decided on.</param>
internal sealed record PursePrices(double Fixed, double Changed, double HandedOver)
{
    /// <summary>The part of the purse that is used unless settings say otherwise.</summary>
    private const double Share = 0.6;

    /// <summary>For each lead that is handed over so many change: as in the day that is measured.</summary>
    private const double ChangedForEach = 200 / 60.0;
    private const int SeatTokens = 30_000;
    private static readonly int[] Seats = [1, 3, 10, 25];
    private static readonly (string Plan, int Factor)[] Plans = [("Lite", 1), ("Growth", 2), ("Premium", 5), ("Ultimate", 7)];

    /// <summary>By the days with everything, with changed leads alone, and with nothing.</summary>
    public static PursePrices Of(List<LogEntry> full, List<LogEntry> changes, List<LogEntry> quiet, int changed, int offered)
    {
        var (all, some, none) = (Sum(full), Sum(changes), Sum(quiet));
        return new(none, (some - none) / changed, (all - some) / offered);
    }

    public static double Sum(IEnumerable<LogEntry> log) => log.Where(e => e.Kind == "request").Sum(Cost);

    public static int Cost(LogEntry entry)
    {
        using var request = new HttpRequestMessage(new(entry.Method!), "http://sandbox" + entry.Path);
        return PipedriveCosts.Of(request);
    }

    /// <summary>How many leads can be handed over a day, by plan and seats.</summary>
    public Table LeadsADay()
    {
        var table = new Table(["plan", .. Seats.Select(s => s == 1 ? "1 seat" : $"{s} seats")]);
        foreach (var (plan, factor) in Plans)
            table.Add([plan, .. Seats.Select(seats => Math.Floor(((SeatTokens * factor * seats * Share) - Fixed) / (HandedOver + (Changed * ChangedForEach))).ToString("N0", CultureInfo.InvariantCulture))]);
        return table;
    }
}
