using CrmSync.Adapters;
using CrmSync.Chaos.Rigging;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Effects that happen twice, not at all, or that nobody can account for.</summary>
internal static class BugsOfWriting
{
    public static IEnumerable<PlantedBug> All =>
    [
        new("an unknown outcome counts as done", ["effects-audited", "stage-at-rest", "one-effect"]) { Adapter = (_, inner) => Outcome(inner, WriteOutcome.Unknown, WriteOutcome.Applied) },
        new("an unknown outcome counts as refused", ["effects-audited", "stage-at-rest"]) { Adapter = (_, inner) => Outcome(inner, WriteOutcome.Unknown, WriteOutcome.Refused) },
        new("an unknown outcome is sent again unread", ["people-win", "effects-audited", "one-effect", "stage-at-rest"])
        {
            Faults = ["reply lost after apply"],
            Adapter = (_, inner) => Twist.Of(inner, (nameof(ICrmAdapter.WriteAsync), (args, call) => TwiceAsync(args, call))),
        },
        new("the marker is left out", ["effects-audited", "one-effect"])
        {
            Adapter = (_, inner) => Writing(inner, write => write with { Fields = write.Fields.Where(f => f.Key != HandoverFields.Marker).ToDictionary(f => f.Key, f => f.Value) }),
        },
        new("a stage is left empty", ["never-backwards", "stage-at-rest", "effects-audited"]) { Adapter = (_, inner) => Writing(inner, write => write.Step == StageStep.Set ? write with { Step = StageStep.Clear, Stage = null } : write) },
        new("a task has a key of its own each time", ["one-task-one-note"])
        {
            Adapter = (_, inner) => Twist.Of(inner, (nameof(ICrmAdapter.PutActivitiesAsync), (args, call) => AgainAsync(args, call))),
        },
        new("a note is written in shadow", ["shadow-writes-nothing"]) { Adapter = (rig, inner) => Twist.Of(inner, (nameof(ICrmAdapter.SweepAsync), (args, call) => NotedAsync(rig, inner, (Task<SweepPage>)call(args)!))) },
        new("a decision's end is not recorded", ["intents-end", "effects-audited"])
        {
            Store = (_, inner) => Twist.Of(inner, (nameof(ISyncStore.SettleAsync), (args, call) => call([((IReadOnlyList<Settlement>)args[0]!).Select(s => s with { Audit = null }).ToList(), args[1], args[2]]))),
        },
    ];

    private static ICrmAdapter Outcome(ICrmAdapter inner, WriteOutcome from, WriteOutcome to) => Twist.Of(inner, (nameof(ICrmAdapter.WriteAsync), (args, call) => OutcomeAsync((Task<IReadOnlyList<LeadWriteResult>>)call(args)!, from, to)));

    private static ICrmAdapter Writing(ICrmAdapter inner, Func<LeadWrite, LeadWrite> change) => Twist.Of(inner,
        (nameof(ICrmAdapter.WriteAsync), (args, call) => call([((IReadOnlyList<LeadWrite>)args[0]!).Select(change).ToList(), args[1]])));

    private static async Task<IReadOnlyList<LeadWriteResult>> OutcomeAsync(Task<IReadOnlyList<LeadWriteResult>> writing, WriteOutcome from, WriteOutcome to) =>
        [.. (await writing).Select(r => r.Outcome == from ? r with { Outcome = to } : r)];

    private static async Task<IReadOnlyList<LeadWriteResult>> TwiceAsync(object?[] args, Func<object?[], object?> call)
    {
        var results = await (Task<IReadOnlyList<LeadWriteResult>>)call(args)!;
        return results.Any(r => r.Outcome == WriteOutcome.Unknown) ? await (Task<IReadOnlyList<LeadWriteResult>>)call(args)! : results;
    }

    private static async Task<IReadOnlyList<ActivityResult>> AgainAsync(object?[] args, Func<object?[], object?> call)
    {
        var activities = (IReadOnlyList<LeadActivity>)args[0]!;
        await (Task<IReadOnlyList<ActivityResult>>)call([activities.Where(a => !a.ChangesOnly).Select(a => a with { Key = a.Key + "-again" }).ToList(), args[1]])!;
        return await (Task<IReadOnlyList<ActivityResult>>)call(args)!;
    }

    private static async Task<SweepPage> NotedAsync(Rig rig, ICrmAdapter inner, Task<SweepPage> sweeping)
    {
        var page = await sweeping;
        if (rig.LiveAt is null && page.LeadIds is [var lead, ..])
            await inner.PutActivitiesAsync([new() { Key = "note/shadow", LeadId = lead, Kind = ActivityKind.Note, Body = "Seen.", At = rig.Now }], CancellationToken.None);
        return page;
    }
}
