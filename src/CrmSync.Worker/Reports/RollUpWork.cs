using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>Rolls up episodes for the figures. Figures do not wait for it: they fold what is newer themselves.</summary>
internal sealed class RollUpWork(IKpiRollUp rollUp) : IRecurringWork
{
    public string Name => "kpi roll-up";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => rollUp.RollUpAsync(cancellationToken);
}
