using System.CommandLine;
using System.Globalization;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Sync;

namespace CrmSync.Worker.Commands;

/// <summary><c>withdraw</c>: takes back offers that nobody has touched.</summary>
internal static class WithdrawCommand
{
    public static Command Create(CommandWorld world)
    {
        var name = ConnectionArgument.Create();
        var since = new Option<string>("--since") { Description = "Offers made at or after this instant, such as 2026-01-05T07:00:00Z.", HelpName = "INSTANT", Required = true };
        var plan = new Option<bool>("--plan") { Description = "Only shows which." };
        var command = new Command("withdraw", "Takes back offers that nobody has touched: closes their tasks and empties their fields.") { name, since, plan };
        command.SetAction((parsed, cancellationToken) =>
        {
            var (connection, from) = (parsed.GetRequiredValue(name), Since(parsed.GetRequiredValue(since), world.Clock.GetUtcNow()));
            return parsed.GetValue(plan)
                ? PlanAsync(world, parsed, connection, from, cancellationToken)
                : AskWorker.RunAsync(world, parsed, RequestsWork.Withdraw, new(connection) { Since = from }, cancellationToken);
        });
        return command;
    }

    private static async Task<int> PlanAsync(CommandWorld world, ParseResult parsed, string connection, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await ConnectionArgument.FindAsync(settings, connection, cancellationToken);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var offers = await Withdrawals.CandidatesAsync(store, connection, since, cancellationToken);
        if (parsed.IsJson())
        {
            world.Document(new { connection, since, count = offers.Count, offers = offers.Select(o => new { o.LeadId, ownerId = o.Episode!.OwnerId ?? o.Memory.OwnerId, o.Episode.OfferedAt, o.Episode.DueAt }) });
            return (int)ExitCode.Done;
        }
        var table = new TextTable("lead", "owner", "offered", "answer by").Left(1).Left(2).Left(3);
        foreach (var offer in offers)
            table.Add(offer.LeadId, offer.Episode!.OwnerId ?? offer.Memory.OwnerId ?? "none", At(offer.Episode.OfferedAt), At(offer.Episode.DueAt));
        if (offers.Count > 0)
            table.Print(world.Out);
        world.Out.WriteLine($"{connection}: {offers.Count} offers would be taken back; one that is answered before it is read stays.{(offers.Count > 0 ? " Without --plan they are." : "")}");
        return (int)ExitCode.Done;
    }

    private static string At(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset Since(string text, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            throw new CommandFailure(ExitCode.Usage, "usage", $"'{text}' is no instant.", "Write it as 2026-01-05T07:00:00Z; without a zone it is UTC.");
        return instant <= now
            ? instant
            : throw new CommandFailure(ExitCode.Usage, "usage", $"{At(instant)} lies ahead: nothing was offered since then.", $"Write an instant before now, {At(now)}; without a zone it is UTC.");
    }
}
