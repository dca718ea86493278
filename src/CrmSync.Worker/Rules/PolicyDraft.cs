using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>The criteria, with their points, and gates of a policy before they are compiled, and the time to answer its leads.</summary>
internal sealed record PolicyDraft(IReadOnlyList<Criterion> Criteria, GatesDraft Gates, AnswerTimes? Sla = null);

/// <summary>One entry of <c>policies:</c> that has an id.</summary>
internal sealed record PolicyEntry(string Id, MapReader Map, Condition? When)
{
    /// <summary>Without a condition it judges the leads that nobody else claims.</summary>
    internal bool IsDefault => !Map.Has("when");
}
