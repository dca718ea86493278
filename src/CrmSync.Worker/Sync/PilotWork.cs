using CrmSync.Adapters;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>Reads who belongs to the list that a pilot is about. What was read last stays when reading fails.</summary>
internal sealed partial class PilotWork(ConnectedCrm connection, TimeProvider clock, ILogger<PilotWork> log) : IRecurringWork
{
    public string Name => $"pilot {connection.Name}";
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (connection.Pilot is not { Kind: PilotKind.List } pilot || !connection.Gate.IsOpen(now) || !connection.Gate.MayRead)
            return;
        try
        {
            connection.PilotMembers = await connection.Adapter.ListMembersAsync(pilot.Id, cancellationToken);
        }
        catch (CrmException failure) when (failure.Failure is CrmFailure.NotFound or CrmFailure.Refused)
        {
            LogLine.Unreadable(log, connection.Name, pilot.Id, failure.Message);
        }
        catch (CrmException failure)
        {
            connection.Gate.Failed(failure, clock.GetUtcNow());
        }
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning, Message =
            "{Connection}: the pilot's list {List} cannot be read ({Problem}), so nobody new is offered. Correct Connections:{Connection}:Pilot:Only, or grant the scope crm.lists.read.")]
        public static partial void Unreadable(ILogger logger, string connection, string list, string problem);
    }
}
