using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Hands that break a history in one place and leave the rest as it is.</summary>
internal static class Broken
{
    public static string IdOf(this RunHistory history, string key) => history.Leads.First(l => l.Key == key).Id;

    public static string KeyOf(this RunHistory history, string key) => history.Store.Leads.First(l => l.LeadId == history.IdOf(key)).LeadKey;

    /// <summary>The line of our effect on a lead whose marker belongs to the only row of a kind and state.</summary>
    public static LogLine LineOf(this RunHistory history, AuditRow row, bool clears = false) => history.Log.First(l =>
        l.Effects.Any(c => c.Field == CrmFields.Marker && c.After?.EndsWith(row.TransitionId + (clears ? ".c" : ""), StringComparison.Ordinal) == true));

    /// <summary>The last row of a lead that was applied with a hand-over state; null: with none, as texts are.</summary>
    public static AuditRow Applied(this RunHistory history, string key, string? state) =>
        history.Store.Audit.Last(r => r.Kind == "Applied" && r.LeadKey == history.KeyOf(key) && r.HandoverState == state);

    public static RunHistory With(this RunHistory history, Func<StoreTables, StoreTables> change) => history with { Store = change(history.Store) };

    /// <summary>Another audit, linked anew: whoever could write the whole file would do so.</summary>
    public static RunHistory WithAudit(this RunHistory history, Func<IEnumerable<AuditRow>, IEnumerable<AuditRow>> change)
    {
        var (rows, hash) = (new List<AuditRow>(), Hashes.Start);
        foreach (var row in change(history.Store.Audit))
        {
            var linked = row with { Sequence = rows.Count + 1, PreviousHash = hash };
            rows.Add(linked = linked with { Hash = Hashes.Of(linked) });
            hash = linked.Hash;
        }
        return history.With(s => s with { Audit = rows, Anchors = [] });
    }

    public static RunHistory WithRow(this RunHistory history, AuditRow row, Func<AuditRow, AuditRow> change) =>
        history.WithAudit(rows => rows.Select(r => r.Sequence == row.Sequence ? change(r) : r));

    public static RunHistory WithoutRow(this RunHistory history, AuditRow row) => history.WithAudit(rows => rows.Where(r => r.Sequence != row.Sequence));

    /// <summary>Evidence with other content and its true hash, wherever it is named.</summary>
    public static RunHistory WithEvidence(this RunHistory history, EvidenceRow row, Func<EvidenceRow, EvidenceRow> change)
    {
        var changed = change(row);
        changed = changed with { Hash = Hashes.Of(changed) };
        string? Renamed(string? hash) => hash == row.Hash ? changed.Hash : hash;
        return history.WithAudit(rows => rows.Select(r => r with { EvidenceHash = Renamed(r.EvidenceHash) })).With(s => s with
        {
            Evidence = [.. s.Evidence.Select(e => e.Hash == row.Hash ? changed : e)],
            Judgements = [.. s.Judgements.Select(j => j with { EvidenceHash = Renamed(j.EvidenceHash)! })],
        });
    }

    /// <summary>The evidence of the last judgement of a lead.</summary>
    public static EvidenceRow Evidence(this RunHistory history, string key) => history.Store.Evidence.Single(e => e.Hash == history.Store.Judgements.Last(j => j.LeadKey == history.KeyOf(key)).EvidenceHash);

    public static RunHistory WithInbox(this RunHistory history, Func<IEnumerable<InboxRow>, IEnumerable<InboxRow>> change) => history.With(s => s with { Inbox = [.. change(s.Inbox)] });

    public static RunHistory WithIntent(this RunHistory history, string transition, Func<IntentRow, IntentRow> change) =>
        history.With(s => s with { Intents = [.. s.Intents.Select(i => i.TransitionId == transition ? change(i) : i)] });

    public static RunHistory WithLead(this RunHistory history, string key, Func<CrmLead, CrmLead> change) =>
        history with { Leads = [.. history.Leads.Select(l => l.Key == key ? change(l) : l)] };

    /// <summary>A line changed where it stands.</summary>
    public static RunHistory WithLine(this RunHistory history, LogLine line, Func<LogLine, LogLine> change) =>
        history with { Log = [.. history.Log.Select(l => l.N == line.N ? change(l) : l)] };

    public static RunHistory WithChange(this RunHistory history, LogLine line, string field, Func<Change, Change> change) =>
        history.WithLine(line, l => l with { Effects = [.. l.Effects.Select(c => c.Field == field ? change(c) : c)] });

    /// <summary>Lines before another one; the log is numbered anew.</summary>
    public static RunHistory Before(this RunHistory history, LogLine line, params LogLine[] more) =>
        history.Numbered(history.Log.SelectMany(l => l.N == line.N ? [.. more.Select(m => m with { At = line.At }), l] : new[] { l }));

    /// <summary>Lines right behind another one.</summary>
    public static RunHistory After(this RunHistory history, LogLine line, params LogLine[] more) => history.Before(history.Log.First(l => l.N > line.N), more);

    /// <summary>A lead is looked at in three passes between two lines.</summary>
    public static RunHistory Seen(this RunHistory history, string leadId, LogLine from, LogLine until) => history.Log
        .Where(l => l.N > from.N && l.N < until.N && l is { Kind: "request", Status: 200, Reply: "sent", Identity: "static" })
        .GroupBy(l => l.At.Minute).Select(g => g.First()).Take(3)
        .Aggregate(history, (seen, look) => seen.WithLine(look, l => l with { Reads = [.. l.Reads, leadId] }));

    /// <summary>The next answer that a person gave.</summary>
    public static LogLine AnswerAfter(this RunHistory history, string leadId, LogLine line) => history.Log.First(l =>
        l.N > line.N && l.Effects.Any(c => c.Id == leadId && c.Field == CrmFields.Answer && c.Actor.StartsWith("person:", StringComparison.Ordinal)));

    /// <summary>Lines at the end of the log, at its last instant and <paramref name="later"/>.</summary>
    public static RunHistory Append(this RunHistory history, TimeSpan later, params LogLine[] more) =>
        history.Numbered(history.Log.Concat(more.Select(m => m with { At = history.Log[^1].At + later })));

    public static RunHistory Append(this RunHistory history, params LogLine[] more) => history.Append(TimeSpan.Zero, more);

    public static LogLine Foreign(string leadId, string field, string? before, string? after) =>
        new() { Kind = "act", Identity = "control", Effects = [new(CrmFields.People, leadId, field, before, after, "person:rep-1")] };

    public static LogLine Read(params string[] leadIds) =>
        new() { Kind = "request", Identity = "static", Method = "POST", Path = "/crm/v3/objects/contacts/batch/read", Status = 200, Reply = "sent", Reads = leadIds };

    public static LogLine Ours(params Change[] changes) =>
        new() { Kind = "request", Identity = "static", Method = "POST", Path = "/crm/v3/objects/contacts/batch/update", Status = 200, Reply = "sent", Effects = changes };

    public static Change Our(string record, string id, string field, string? before, string? after) => new(record, id, field, before, after, "api:static");

    private static RunHistory Numbered(this RunHistory history, IEnumerable<LogLine> lines) => history with { Log = [.. lines.Select((l, i) => l with { N = i + 1 })] };
}
