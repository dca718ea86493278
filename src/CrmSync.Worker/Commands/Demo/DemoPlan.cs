namespace CrmSync.Worker.Commands.Demo;

/// <summary>What somebody is going to do.</summary>
internal sealed record DemoPlan(DateTimeOffset At, Func<CancellationToken, Task> Act);
