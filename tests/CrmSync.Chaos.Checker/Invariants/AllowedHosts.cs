using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>We talk to the CRM alone.</summary>
internal sealed class AllowedHosts : IInvariant
{
    public string Id => "allowed-hosts";

    public string Promise => "No request leaves for a host that is not configured, whatever an answer says.";

    public IEnumerable<Violation> Check(RunHistory history) => history.Wire
        .Where(call => !history.Facts.AllowedHosts.Contains(call.Host))
        // The wire is tapped above what could follow a redirect by itself: there only the host that it leads to can tell.
        .Concat(history.Elsewhere)
        .Select(call => new Violation(Id, $"{call.Method} {call.Path} went to {call.Host} at {call.At:O}"));
}
