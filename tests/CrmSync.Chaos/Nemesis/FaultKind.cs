using CrmSync.Sandbox.Contracts;

namespace CrmSync.Chaos.Nemesis;

/// <summary>A fault of the CRM or of the way to it. <paramref name="Lasts"/>: null for one that strikes once, whenever its request comes.</summary>
internal sealed record FaultKind(string Name, FaultRequest Request, TimeSpan? Lasts)
{
    /// <summary>The same; where it points elsewhere, to a host that somebody watches.</summary>
    public FaultKind To(Uri elsewhere) => Request.Fault != "redirect" ? this : this with { Request = Request with { Headers = new Dictionary<string, string?> { ["Location"] = elsewhere.ToString() } } };

    public bool Struck(LogEntry line) => line.Kind is "request" or "stream" && line.Fault == Request.Fault && (Request.Match.Method ?? line.Method) == line.Method
        && (Request.Match.Path is not { } path || (path.StartsWith('*') ? line.Path!.EndsWith(path[1..], StringComparison.Ordinal) : line.Path!.Contains(path, StringComparison.Ordinal)))
        && (line.Kind == "stream" || Request.Status is null || line.Status == Request.Status);
}
