using System.CommandLine;
using CrmSync.Adapters;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands;

/// <summary><c>check</c>: everything that is wrong, at once, each with its repair. Changes nothing.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandWorld world)
    {
        var command = new Command("check", "Says everything that is wrong with settings, rules, access and fields, with its repair.");
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        var found = Opening.RuleProblems(settings).Select(p => new FoundProblem("", p)).ToList();
        if (settings.Connections.Count == 0)
        {
            found.Add(new("", new("no-connections", ProblemReach.Everything, "Connections", "No CRM is connected.",
                $"Add Connections:<name>:Crm and a token, in {parsed.GetValue(CommonOptions.Config) ?? SettingsReader.UsualFile} or in a file that --config names; the README shows how. Or look around first with 'crmsync demo'.")));
        }
        var store = await StoredState.ProblemAsync(settings, cancellationToken);
        found.AddRange(store?.Problems.Select(p => new FoundProblem("", new(store.Code, ProblemReach.Everything, p.Setting, p.Problem, p.Repair))) ?? []);
        await using var crms = Opening.Crms(world, parsed, settings, new WorkerLedger(settings));
        var rules = RuleFile.Load(settings.RulesFile).RuleSet;
        var people = rules is null ? null : new PeopleCheck(rules);
        var scopes = new SortedDictionary<string, CrmScopes>(StringComparer.Ordinal);
        foreach (var (connection, adapter) in crms.Adapters)
        {
            var problems = await AskAsync(adapter, cancellationToken);
            found.AddRange(problems.Select(p => new FoundProblem(connection.Crm.Name, p)));
            if (await GrantedAsync(crms.Grants, connection.Crm.Name, cancellationToken) is { } granted)
            {
                scopes[connection.Crm.Name] = new(crms.ProviderOf(connection).NeededScopes(connection.Crm), granted);
                found.AddRange(ScopeCheck.Find(connection.Crm.Name, scopes[connection.Crm.Name]).Select(p => new FoundProblem(connection.Crm.Name, p)));
            }
            var stored = await StoredState.ReadAsync(settings, connection, cancellationToken);
            Add(stored.Brake(connection.Crm.Name));
            Add(stored.Restore(connection.Crm.Name, world.Clock.GetUtcNow()));
            // An account that does not let us in tells nothing of its users or lists either.
            if (problems.Any(p => p.Reach == ProblemReach.Everything))
                continue;
            var users = await UsersAsync(adapter, cancellationToken);
            people?.Add(connection, stored.IsLive, users);
            if (rules is not null)
                found.AddRange(AcceptCheck.Find(connection, rules, adapter.MissingSignals).Select(p => new FoundProblem(connection.Crm.Name, p)));
            Add(await PilotCheck.FindAsync(connection, adapter, users, cancellationToken));

            void Add(CrmProblem? problem) => found.AddRange(problem is null ? [] : [new(connection.Crm.Name, problem)]);
        }
        found.AddRange(people?.Problems().Select(p => new FoundProblem(p.Connection, p.Problem)) ?? []);
        var screen = new CheckScreen(settings.RulesFile, rules, found, scopes, [.. crms.Adapters.SelectMany(a => a.Adapter.Quotas.Select(q => new ConnectionQuota(a.Connection.Crm.Name, q)))]);
        screen.Print(world, parsed.IsJson());
        return (int)(store?.Exit ?? Exit(found));
    }

    private static async Task<IReadOnlyList<CrmProblem>> AskAsync(ICrmAdapter adapter, CancellationToken cancellationToken)
    {
        try
        {
            return await adapter.CheckAsync(cancellationToken);
        }
        catch (CrmException failure)
        {
            var code = failure.Failure == CrmFailure.Unauthorised ? "credentials-refused" : "unreachable";
            return [new(code, ProblemReach.Everything, $"Connections:{adapter.Connection}", failure.Message, failure.Repair ?? "Try again later.")];
        }
    }

    /// <summary>Null where nobody said what was granted, or the grant cannot be read, which the check of the account tells.</summary>
    private static async Task<IReadOnlyList<string>?> GrantedAsync(IGrantStore grants, string connection, CancellationToken cancellationToken)
    {
        try
        {
            return (await grants.ReadAsync(connection, cancellationToken))?.Scopes;
        }
        catch (Exception unread) when (unread is StoreException or CrmException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<CrmUser>> UsersAsync(ICrmAdapter adapter, CancellationToken cancellationToken)
    {
        try
        {
            return await adapter.UsersAsync(cancellationToken);
        }
        catch (CrmException)
        {
            return [];
        }
    }

    private static ExitCode Exit(List<FoundProblem> found)
    {
        var codes = found.Where(f => f.Problem.Reach != ProblemReach.Hint).Select(f => f.Problem.Code).ToHashSet();
        if (codes.Any(c => c is not ("credentials-refused" or "unreachable" or "rate-limited")))
            return ExitCode.Configuration;
        if (codes.Contains("credentials-refused"))
            return ExitCode.Refused;
        return codes.Contains("unreachable") || codes.Contains("rate-limited") ? ExitCode.Unavailable : ExitCode.Done;
    }
}
