using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CrmSync.Worker.Schedule;

/// <summary>Rings recurring work by Quartz: one job a work, kept in memory, since a missed ring is made up by the next.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzRing(IEnumerable<IRecurringWork> works, TimeProvider clock) : IJob
{
    private const string Group = "recurring";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var work = works.First(w => w.Name == context.JobDetail.Key.Name);
        await work.RunAsync(clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Schedules each work at its own interval, the first time at once.</summary>
    public static void Add(IServiceCollection services, IReadOnlyList<(string Name, TimeSpan Every)> works)
    {
        services.AddQuartz(quartz =>
        {
            foreach (var (name, every) in works)
            {
                quartz.ScheduleJob<QuartzRing>(
                    trigger => trigger.WithIdentity(name, Group).StartNow()
                        .WithSimpleSchedule(s => s.WithInterval(every).RepeatForever()),
                    job => job.WithIdentity(name, Group));
            }
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
