using CrmSync.Worker.Connections;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CrmSync.Worker.Schedule;

/// <summary>Rings recurring work by Quartz: one job a work, kept in memory, since a missed ring is made up by the next.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzRing(IReadOnlyList<IRecurringWork> works, Heartbeats hearts, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        hearts.Beat(Heartbeats.Schedule);
        var work = works.First(w => w.Name == context.JobDetail.Key.Name);
        await work.RunAsync(clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Schedules each work at its own interval, the first time at once.</summary>
    public static async Task ScheduleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        foreach (var work in services.GetRequiredService<IReadOnlyList<IRecurringWork>>())
        {
            var job = JobBuilder.Create<QuartzRing>().WithIdentity(work.Name).Build();
            var trigger = TriggerBuilder.Create().WithIdentity(work.Name).StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(work.Every).RepeatForever())
                .Build();
            await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
        }
    }
}
