using CrmSync.Chaos.Checker.History;
using static CrmSync.Chaos.SelfTest.Broken;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Moves that no person and no rule wanted.</summary>
internal static class BreaksOfMoves
{
    public static IEnumerable<Break> All =>
    [
        new("a stage was written without a look at the answer before it", "people-win", h => Unread(h, "anna", "Accepted", l => l with { Reads = [] }), "every-change-looked-at"),
        new("what was read before a write was old", "people-win", h => Unread(h, "anna", "Accepted", l => l with { Fault = "stale" }), "every-change-looked-at"),
        new("what was read before a write was lost on its way", "people-win", h => Unread(h, "anna", "Accepted", l => l with { Reply = "lost" }), "every-change-looked-at"),
        new("a person's stage between read and write is gone", "people-win", h => h.Before(h.LineOf(h.Applied("anna", "Accepted")),
            Foreign(h.IdOf("anna"), CrmFields.Stage, "marketingqualifiedlead", "opportunity"))),
        new("an edit between read and write is told as a record's end, and the record is there", "people-win", h =>
        {
            var row = h.Applied("anna", "Accepted");
            return h.Before(h.LineOf(row), Foreign(h.IdOf("anna"), CrmFields.Stage, "marketingqualifiedlead", "opportunity"))
                .WithRow(row, r => r with { Kind = "Gone" }).WithIntent(row.TransitionId!, i => i with { State = "gone" });
        }, "effects-audited", "stage-at-rest", "one-task-one-note", "kpis"),
        new("a person's stage between read and offer is gone", "people-win", h => h.Before(h.LineOf(h.Applied("finn", "AwaitingDecision")),
            Foreign(h.IdOf("finn"), CrmFields.Stage, "lead", "opportunity"))),
        new("where no history is kept, a stage is gone although an event told what the write took the place of", "people-win", h =>
        {
            var line = h.LineOf(h.Applied("anna", "Accepted"));
            return (h with { Facts = h.Facts with { WithoutHistory = new HashSet<string> { CrmFields.People } } })
                .Before(line, Foreign(h.IdOf("anna"), CrmFields.Stage, "marketingqualifiedlead", "opportunity"))
                .Append(new LogLine { Kind = "webhook", Status = 200, About = new(CrmFields.People, h.IdOf("anna"), "change", line.At, "api:static") });
        }),
        new("a word that was changed right before it was carried out is not followed", "people-win", h => h.Before(h.LineOf(h.Applied("anna", "Accepted")),
            Foreign(h.IdOf("anna"), CrmFields.Answer, "accept", "reject_no_need"))),
        new("an answer between read and offer is gone", "people-win", h => h.Before(h.LineOf(h.Applied("finn", "AwaitingDecision")),
            Foreign(h.IdOf("finn"), CrmFields.Answer, null, "take"))),

        new("a stage goes back although nothing configured says so", "never-backwards", h => h with { Facts = h.Facts with { BackwardTo = new HashSet<string>() } }),
        new("a stage goes back without a rejection", "never-backwards", h => h.WithAudit(rows =>
            rows.Select(r => r.TransitionId == h.Applied("hans", "Rejected").TransitionId ? r with { HandoverState = "Returned" } : r)), "steps-follow"),
        new("a stage outside the model is set", "never-backwards", h => Stage(h, "anna", "Accepted", c => c with { After = "evangelist" })),
        new("a lead is taken out of a stage outside the model", "never-backwards", h => Stage(h, "anna", "Accepted", c => c with { Before = "other" })),
        new("a stage is emptied by a write that does not clear", "never-backwards", h => Stage(h, "anna", "Accepted", c => c with { After = null })),
        new("a cleared stage stays empty", "never-backwards", h => h.WithLine(h.LineOf(h.Applied("hans", "Rejected")),
            l => l with { Effects = [.. l.Effects.Where(c => c.Field != CrmFields.Stage)] })),

        new("a lead goes to and fro by ourselves", "no-flapping", h =>
        {
            var (line, id) = (h.LineOf(h.Applied("anna", "Accepted")), h.IdOf("anna"));
            var (from, to) = ("marketingqualifiedlead", line.Effects.First(c => c.Id == id && c.Field == CrmFields.Stage).After);
            var after = h.Log.First(l => l.N > line.N);
            return h.Before(after, [.. new[] { (to, from), (from, to), (to, from) }.Select(move => Ours(Our(CrmFields.People, id, CrmFields.Stage, move.Item1, move.Item2)))]);
        }, "one-effect", "effects-audited", "never-backwards", "within-share"),

        new("an answer to an offer is looked at and dropped", "answers-followed", h => h.Append(
            Ours(Our(CrmFields.People, h.IdOf("lea"), CrmFields.Handover, null, "waiting"))).Append(Foreign(h.IdOf("lea"), CrmFields.Answer, null, "accept"), Read(h.IdOf("lea"))), "effects-audited", "kpis"),
        new("an answer that an offer took the place of is told by what was answered hours later", "people-win", h =>
        {
            var (id, offer) = (h.IdOf("hans"), h.LineOf(h.Applied("hans", "AwaitingDecision")));
            return h.Seen(id, offer, h.AnswerAfter(id, offer)).Before(offer, Foreign(id, CrmFields.Answer, null, "reject_no_need"));
        }),

        new("an erased lead is written to", "no-effect-after-end", h => h.Append(Ours(Our(CrmFields.People, h.IdOf("eva"), "crmsync_why", null, "x"))), "effects-audited"),
        new("a merged lead is written to", "no-effect-after-end", h => h.Append(Ours(Our(CrmFields.People, h.IdOf("finn"), "crmsync_why", null, "x"))), "effects-audited"),
        new("a write meant for a merged lead lands on the survivor", "no-effect-after-end", h => h.Append(
            Ours(Our(CrmFields.People, h.IdOf("gina"), CrmFields.Marker, null, $"v1.store.{h.KeyOf("finn")}.{h.Applied("finn", "AwaitingDecision").TransitionId}"))), "one-effect"),
        new("something is decided on an erased lead", "no-effect-after-end", h => h.WithIntent(
            h.Applied("eva", "AwaitingDecision").TransitionId!, i => i with { CreatedAt = h.Log[^1].At.ToString("O", System.Globalization.CultureInfo.InvariantCulture) })),
        new("a task is made for an erased lead", "no-effect-after-end", h => h.Append(
            Ours(Our(CrmFields.Tasks, "1", CrmFields.Id, null, "1"), Our(CrmFields.Tasks, "1", CrmFields.Key, null, $"task/{h.KeyOf("eva")}/1"))), "one-task-one-note"),
    ];

    private static RunHistory Stage(RunHistory h, string key, string state, Func<Change, Change> change) =>
        h.WithLine(h.LineOf(h.Applied(key, state)), l => l with { Effects = [.. l.Effects.Select(c => c.Id == h.IdOf(key) && c.Field == CrmFields.Stage ? change(c) : c)] });

    /// <summary>No read between an answer and what was written on it.</summary>
    private static RunHistory Unread(RunHistory h, string key, string state, Func<LogLine, LogLine> change)
    {
        var (id, write) = (h.IdOf(key), h.LineOf(h.Applied(key, state)).N);
        var answer = h.Log.Last(l => l.N < write && l.Effects.Any(c => c.Id == id && c.Field == CrmFields.Answer && c.Actor.StartsWith("person:", StringComparison.Ordinal))).N;
        return h with { Log = [.. h.Log.Select(l => l.N > answer && l.N < write && l.Reads.Contains(id) ? change(l) : l)] };
    }
}
