using CrmSync.Chaos.Checker.History;
using static CrmSync.Chaos.SelfTest.Broken;

namespace CrmSync.Chaos.SelfTest;

/// <summary>What a guest in somebody's CRM does not do.</summary>
internal static class BreaksOfManners
{
    public static IEnumerable<Break> All =>
    [
        new("a burst of requests is over the share", "within-share", h => h.Append([.. Enumerable.Repeat(Read(h.IdOf("lea")), 115)])),
        new("searches are over the share", "within-share", h => h.Append([.. Enumerable.Repeat(Search, 6)])),
        new("the requests of a day are over the share", "within-share", h => h with { Facts = h.Facts with { Quotas = [new("", TimeSpan.FromDays(1), 20)] } }),
        new("requests without an answer are over the share", "within-share", h => h.Append([.. Enumerable.Repeat(Search with { Identity = null, Status = null, Fault = "drop-before", Reply = "lost" }, 6)])),

        new("a log holds the token", "no-canary", h => h with { Outputs = new Dictionary<string, string>(h.Outputs) { ["log"] = $"GET failed\nBearer {h.Facts.Canaries[0]}" } }),
        new("a log holds a name", "no-canary", h => h with { Facts = h.Facts with { Names = ["Hemmelig"] }, Outputs = new Dictionary<string, string> { ["log"] = "Anna Hemmelig was here" } }),
        new("a name stands in a file", "no-canary", h => h with { Facts = h.Facts with { Canaries = ["Anna Hemmelig"] }, Outputs = new Dictionary<string, string> { ["a.txt"] = "anna hemmelig was here" } }),

        new("the figures hold a name", "no-canary", h => h with { Facts = h.Facts with { Names = ["mql-to-sal"] } }),
        new("an answer to a webhook holds the secret", "no-canary",
            h => h with { Webhooks = [.. h.Webhooks.Select(w => w with { Answer = $"not signed with {h.Facts.Canaries[1]}" })] }),

        new("a healthy lead is in quarantine", "quarantine-true", h => Held(h, "lea")),
        new("a poisoned lead is not in quarantine", "quarantine-true", h => h with { Facts = h.Facts with { Poisoned = new HashSet<string> { "lea" } } }),
        new("somebody unknown is in quarantine", "quarantine-true", h => h.With(s => s with { Quarantine = [new("1", "x", "2026-01-05T07:00:00.000Z")] })),

        new("a redirect is followed", "allowed-hosts", h => h with { Wire = [.. h.Wire, new(h.Log[^1].At, "evil.example", "GET", "/crm/v3/objects/contacts")] }),
        new("a redirect is followed below everything that is tapped", "allowed-hosts", h => h with { Elsewhere = [new(h.Log[^1].At, "127.0.0.1:9", "GET", "/elsewhere")] }),
        new("another port of the same host is called", "allowed-hosts", h => h with { Wire = [.. h.Wire, h.Wire[0] with { Host = "127.0.0.1:1" }] }),

        new("a refused grant is asked for again at once", "no-refresh-storm", h => h.Append([.. Enumerable.Repeat(RefusedGrant, 4)])),
        new("a refused grant is asked for all the hour", "no-refresh-storm", h => Enumerable.Range(0, 21).Aggregate(h, (all, _) => all.Append(TimeSpan.FromSeconds(100), RefusedGrant))),

        new("a write is asked for in shadow", "shadow-writes-nothing", h => h with { Log = [.. h.Log, Write(h)] }),
        new("a record is deleted in shadow", "shadow-writes-nothing", h => h with { Log = [.. h.Log, Write(h) with { Method = "DELETE" }] }),
        new("a text is written in shadow", "shadow-writes-nothing", h => h.Before(h.Log.First(l => l.At >= h.Facts.SetUpAt), Ours(Our(CrmFields.People, h.IdOf("lea"), "crmsync_why", null, "x"))), "effects-audited"),
        new("a connection that never went live writes", "shadow-writes-nothing", h => h with { Facts = h.Facts with { LiveAt = null } }),
    ];

    private static LogLine Search => Read() with { Path = "/crm/v3/objects/contacts/search" };

    internal static LogLine RefusedGrant => Read() with { Identity = "app", Path = "/oauth/v1/token", Status = 400 };

    private static LogLine Write(RunHistory h) => Ours() with { N = h.Log[^1].N + 1, At = h.Facts.SetUpAt!.Value };

    private static RunHistory Held(RunHistory h, string key) => h.With(s => s with { Quarantine = [.. s.Quarantine, new(h.IdOf(key), "x", "2026-01-05T07:00:00.000Z")] });
}
