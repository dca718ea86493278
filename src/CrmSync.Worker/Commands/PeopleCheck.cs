using CrmSync.Adapters;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary>Looks for the people whom the rule file gives offers to among the users of the accounts.</summary>
internal sealed class PeopleCheck(RuleSet rules)
{
    private readonly AssignSettings _assign = rules.Assign;
    private readonly List<(ConnectionSettings Connection, bool IsLive, IReadOnlyList<CrmUser> Users)> _accounts = [];

    /// <param name="users">Empty where the account does not tell.</param>
    public void Add(ConnectionSettings connection, bool isLive, IReadOnlyList<CrmUser> users) => _accounts.Add((connection, isLive, users));

    /// <summary>What is wrong, by connection; what concerns none alone, under an empty name.</summary>
    public IEnumerable<(string Connection, CrmProblem Problem)> Problems()
    {
        var named = _assign.People.Concat(_assign.Absences.Select(absence => absence.Who)).Append(rules.Sla.EscalateTo).OfType<string>()
            .Distinct(StringComparer.Ordinal).ToList();
        var told = _accounts.Where(account => account.Users.Count > 0).ToList();
        // One file serves all accounts: whoever is a user of one of them is known.
        if (told.Count == _accounts.Count && told.Count > 0)
            foreach (var person in named.Where(person => !told.Exists(account => account.Users.Any(user => user.Id == person))))
                yield return ("", new("owner-unknown", ProblemReach.Hint, "Rules", $"No account has a user '{person}', whom the rule file names.", "Correct the id; HubSpot shows it as the owner id."));
        foreach (var (connection, isLive, users) in _accounts)
        {
            foreach (var person in named.Where(person => users.Any(user => user.Id == person && !user.Active)))
                yield return Wrong(connection, "owner-inactive", ProblemReach.Hint, $"The user '{person}', whom the rule file names, is deactivated and gets no offers.", "Take them out of the rule file.");
            if (users.Count == 0 && named.Count > 0)
                yield return Wrong(connection, "owners-unread", ProblemReach.Hint, "The account does not tell who its users are, so whoever the rule file names counts as one.", "Grant the right to read users (HubSpot: crm.objects.owners.read).");
            if (Fallback(users) is { } fallback)
                yield return Wrong(connection, "fallback-missing", isLive ? ProblemReach.Writing : ProblemReach.Hint, fallback, "Add assign: { fallback: id } to the rule file, with the id of an active user.");
        }
    }

    private string? Fallback(IReadOnlyList<CrmUser> users)
    {
        if (_assign.Fallback.Count == 0)
            return "No fallback owner is named: where nobody else is there an offer goes to nobody.";
        return users.Count > 0 && !_assign.Fallback.Any(person => users.Any(user => user.Id == person && user.Active))
            ? $"None of the fallback owners ({string.Join(", ", _assign.Fallback)}) is an active user: where nobody else is there an offer goes to nobody."
            : null;
    }

    private static (string, CrmProblem) Wrong(ConnectionSettings connection, string code, ProblemReach reach, string problem, string repair) =>
        (connection.Crm.Name, new(code, reach, $"Connections:{connection.Crm.Name}:assign", problem, repair));
}
