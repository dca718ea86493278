using CrmSync.Sandbox.Engine;

namespace CrmSync.Chaos.Nemesis;

/// <summary>A request that a fault strikes, by method and a part of the path (with a star: a pattern for all of it).</summary>
internal sealed record Strikes(string Method, string Path);

/// <summary>An answer in a CRM's own words.</summary>
internal sealed record Answers(int Status, string Body, Dictionary<string, string?>? Headers = null);

/// <summary>Makes the faults of a CRM: the same for each, on its own requests.</summary>
internal sealed class FaultMaker(string crm)
{
    public IReadOnlyList<FaultKind> Of(Strikes update, Strikes read, Strikes page, Strikes task, Answers busy, Answers daily, int lateSeconds = 45) =>
    [
        Of("reply lost after apply", "drop-after", update, 1),
        Of("request lost before apply", "drop-before", update, 1),
        Of("applied late, reply lost", "delay-apply", update, 1, seconds: lateSeconds),
        Of("reply to a task lost after apply", "drop-after", task, 1),
        Of("body of a write cut", "cut", update, 1),
        Of("body of a read cut", "cut", read, 1),
        Of("page of a search cut", "cut", page, 1),
        Of("web page instead of JSON", "html", read, 1),
        Of("redirect to a foreign host", "redirect", read, 1),
        Of("write redirected to a foreign host", "redirect", update, 1),
        Of("stale read", "stale", read, 1, seconds: 20),
        Of("write answered 500 and not applied", "status", update, 1, status: 500),
        Of("5xx for ten minutes", "status", null, null, status: 503, lasts: TimeSpan.FromMinutes(10)),
        Of("429 storm", "status", null, 30, status: busy.Status, body: busy.Status == 429 ? null : busy.Body,
            headers: busy.Status == 429 ? new() { ["Retry-After"] = "3" } : null, lasts: TimeSpan.FromMinutes(5)),
        Of("token revoked", "revoke", read, 1, lasts: TimeSpan.FromMinutes(12)),
        Of("daily limit reached", "status", read, 1, status: daily.Status, body: daily.Body, headers: daily.Headers),
    ];

    /// <summary>For a CRM whose lists are paged through in a run: a page once more, and a list that turns in a circle.</summary>
    public IReadOnlyList<FaultKind> OfPages(Strikes page) =>
    [
        // Refused, no page was given again.
        Of("page given again", FaultBook.RepeatPage, page, 1, status: 200),
        Of("pages in a loop", FaultBook.RepeatPage, page, 6, status: 200),
    ];

    private FaultKind Of(
        string name, string fault, Strikes? at, int? take, int? status = null, double? seconds = null, Dictionary<string, string?>? headers = null, string? body = null, TimeSpan? lasts = null) =>
        new(name, new() { Crm = crm, Match = new() { Method = at?.Method, Path = at?.Path }, Take = take, Fault = fault, Status = status, Seconds = seconds, Headers = headers, Body = body }, lasts);
}
