using CrmSync.Sandbox.Contracts;

namespace CrmSync.Chaos.Nemesis;

/// <summary>A fault of the CRM or of the way to it. <paramref name="Lasts"/>: null for one that strikes once, whenever its request comes.</summary>
internal sealed record FaultKind(string Name, FaultRequest Request, TimeSpan? Lasts)
{
    public bool Struck(LogEntry line) => line.Kind == "request" && line.Fault == Request.Fault
        && (Request.Match.Path is null || line.Path!.Contains(Request.Match.Path, StringComparison.Ordinal))
        && (Request.Status is null || line.Status == Request.Status);
}

/// <summary>Everything that may go wrong between worker and CRM, by the name under which it is promised.</summary>
internal static class FaultKinds
{
    private const string Update = "contacts/batch/update";
    private const string Read = "contacts/batch/read";

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Of("reply lost after apply", "drop-after", "POST", Update, 1),
        Of("request lost before apply", "drop-before", "POST", Update, 1),
        Of("applied late, reply lost", "delay-apply", "POST", Update, 1, seconds: 45),
        Of("reply to a task lost after apply", "drop-after", "POST", "tasks/batch/upsert", 1),
        Of("body of a write cut", "cut", "POST", Update, 1),
        Of("body of a read cut", "cut", "POST", Read, 1),
        Of("page of a search cut", "cut", "POST", "search", 1),
        Of("web page instead of JSON", "html", "POST", Read, 1),
        Of("redirect to a foreign host", "redirect", "POST", Read, 1),
        Of("write redirected to a foreign host", "redirect", "POST", Update, 1),
        Of("stale read", "stale", "POST", Read, 1, seconds: 20),
        Of("write answered 500 and not applied", "status", "POST", Update, 1, status: 500),
        Of("5xx for ten minutes", "status", null, null, null, status: 503, lasts: TimeSpan.FromMinutes(10)),
        Of("429 storm", "status", null, null, 30, status: 429, headers: new() { ["Retry-After"] = "3" }, lasts: TimeSpan.FromMinutes(5)),
        Of("token revoked", "revoke", "POST", Read, 1, lasts: TimeSpan.FromMinutes(12)),
        Of("daily limit reached", "status", "POST", Read, 1, status: 429,
            body: """{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}"""),
    ];

    private static FaultKind Of(
        string name, string fault, string? method, string? path, int? take, int? status = null, double? seconds = null, Dictionary<string, string?>? headers = null,
        string? body = null, TimeSpan? lasts = null) =>
        new(name, new() { Crm = "hubspot", Match = new() { Method = method, Path = path }, Take = take, Fault = fault, Status = status, Seconds = seconds, Headers = headers, Body = body }, lasts);
}
