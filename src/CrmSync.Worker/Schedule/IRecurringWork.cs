namespace CrmSync.Worker.Schedule;

/// <summary>
/// Work that is rung again and again: by Quartz in the service, by the simulated clock in the demo. A ring that comes
/// while the last one still runs is dropped. It must be harmless to ring too often.
/// </summary>
internal interface IRecurringWork
{
    string Name { get; }
    TimeSpan Every { get; }

    Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
