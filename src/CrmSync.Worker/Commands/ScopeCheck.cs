using CrmSync.Adapters;

namespace CrmSync.Worker.Commands;

/// <summary>Looks whether an app was granted more than it needs, or less. What is missing, a check of the account tells by itself; that there is too much, only this.</summary>
internal static class ScopeCheck
{
    public static IEnumerable<CrmProblem> Find(string connection, CrmScopes scopes)
    {
        if (scopes.Missing.Count > 0)
        {
            yield return new("scope-not-granted", ProblemReach.Hint, $"Connections:{connection}", $"The app was not granted {List(scopes.Missing)}.",
                $"Add them to the app, then let it in anew: crmsync auth login {connection}.");
        }
        if (scopes.Excess.Count > 0)
        {
            yield return new("scope-excess", ProblemReach.Hint, $"Connections:{connection}", $"The app was granted more than it needs: {List(scopes.Excess)}.",
                $"Take them from the app, then let it in anew: crmsync auth login {connection}. Who steals a token may do what it allows.");
        }
    }

    public static string Line(string connection, CrmScopes scopes) => $"scopes {connection}: granted {List(scopes.Granted)}; needed {List(scopes.Needed)}";

    private static string List(IReadOnlyList<string> scopes) => scopes.Count == 0 ? "none" : string.Join(", ", scopes);
}
