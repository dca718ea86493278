using CrmSync.Adapters;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary>Looks which acts that the rule file takes for a yes an account does not show.</summary>
internal static class AcceptCheck
{
    /// <summary>By the word of <c>acceptOn</c>: whether it counts, and what shows it; null for what every account shows.</summary>
    private static readonly (string Word, Func<AcceptSettings, bool> Counts, CrmSignal? ShownBy)[] Acts =
    [
        ("stageMoved", accept => accept.OnStageMoved, null),
        ("firstContact", accept => accept.OnFirstContact, CrmSignal.Contact),
        ("meetingBooked", accept => accept.OnMeetingBooked, CrmSignal.MeetingBooked),
    ];

    /// <param name="missing">By signal: what of the account is missing.</param>
    public static IEnumerable<CrmProblem> Find(ConnectionSettings connection, RuleSet rules, IReadOnlyDictionary<CrmSignal, string> missing)
    {
        var counted = Acts.Where(act => act.Counts(rules.Accept.NarrowedTo(connection.AcceptOn))).ToLookup(act => act.ShownBy is not { } signal || !missing.ContainsKey(signal));
        var shown = counted[true].Select(act => act.Word).DefaultIfEmpty("answer");
        foreach (var (word, _, signal) in counted[false])
        {
            yield return new("act-unseen", ProblemReach.Hint, $"Connections:{connection.Crm.Name}:Mapping:AcceptOn",
                $"The rule file takes {word} for a yes, and this account does not show it: {missing[signal!.Value]} Such a lead waits for a written answer.",
                $"Mend that, or write what the account shows: AcceptOn: [{string.Join(", ", shown)}].");
        }
    }
}
