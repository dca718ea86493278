using CrmSync.Chaos.Checker.History;
using static CrmSync.Chaos.SelfTest.Broken;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Tasks and notes too many or too few.</summary>
internal static class BreaksOfActivities
{
    public static IEnumerable<Break> All =>
    [
        new("an offer has a second task", "one-task-one-note", h => h.Append(Made(CrmFields.Tasks, $"task/{h.KeyOf("anna")}/1"))),
        new("a decision has a second note", "one-task-one-note", h => h.Append(Made(CrmFields.Notes, $"note/{h.Applied("anna", "Accepted").TransitionId}"))),
        new("an open offer has no task", "one-task-one-note", h => Unmade(h, $"task/{h.KeyOf("bo")}/2")),
        new("a written decision has no note", "one-task-one-note", h => Unmade(h, $"note/{h.Applied("anna", "Accepted").TransitionId}")),
        new("a return has no note", "one-task-one-note", h => Unmade(h, $"note/{h.Applied("carl", "Returned").TransitionId}")),
        new("a task belongs to no offer", "one-task-one-note", h => h.Append(Made(CrmFields.Tasks, $"task/{h.KeyOf("lea")}/1"))),
        new("a text has a note", "one-task-one-note", h => h.Append(Made(CrmFields.Notes, $"note/{h.Applied("kim", null).TransitionId}"))),
        new("notes belong to nothing", "one-task-one-note", h => h.Append([.. Enumerable.Range(0, 30).Select(i => Made(CrmFields.Notes, $"note/nothing{i}", $"n{i}"))]), "within-share"),
        new("a task has no key", "one-task-one-note", h => h.Append(Ours(Our(CrmFields.Tasks, "t1", CrmFields.Id, null, "t1")))),
    ];

    private static LogLine Made(string record, string key, string id = "x1") =>
        Ours(Our(record, id, CrmFields.Id, null, id), Our(record, id, CrmFields.Key, null, key));

    private static RunHistory Unmade(RunHistory h, string key) => h with
    {
        Log = [.. h.Log.Select(l => l.Effects.FirstOrDefault(c => c.Field == CrmFields.Key && c.After == key) is { } made
            ? l with { Effects = [.. l.Effects.Where(c => (c.Record, c.Id) != (made.Record, made.Id))] }
            : l)],
    };
}
