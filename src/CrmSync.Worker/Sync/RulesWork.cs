using CrmSync.Leads.Rules;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Notices a changed rule file. A broken one is reported with line and column and changes nothing; one that is taken into
/// use is kept by its hash and noted in the audit.
/// </summary>
internal sealed partial class RulesWork(RuleSource source, ISyncStore store, string file, ILogger<RulesWork> log) : IRecurringWork
{
    /// <summary>Which rules of the engine judged; a later engine may weigh the same file otherwise.</summary>
    private const string EngineVersion = "1";

    private IReadOnlyList<RuleFileProblem> _reported = [];
    private string? _kept;

    public string Name => "rules";
    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reload = source.TryReload();
        foreach (var problem in reload.Problems.Except(_reported).Where(p => p.Severity == ProblemSeverity.Error))
            LogLine.Broken(log, problem.File, problem.Line, problem.Column, problem.Message, problem.Repair);
        _reported = reload.Problems;
        if (reload.Rules.Hash != _kept)
            await KeepAsync(reload.Rules, now, cancellationToken);
    }

    private async Task KeepAsync(RuleSet rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await store.RememberedAsync("", "rules", cancellationToken) != rules.Hash)
        {
            await store.KeepRuleSetAsync(rules.Hash, await File.ReadAllTextAsync(file, cancellationToken), EngineVersion, cancellationToken);
            await store.AppendAsync([new(AuditKind.RuleSetLoaded, null, null, null, null, null, null, now, "crmsync", rules.Hash, null)], cancellationToken);
            await store.RememberAsync("", "rules", rules.Hash, cancellationToken);
        }
        _kept = rules.Hash;
        LogLine.InForce(log, rules.Name, rules.Version, rules.Hash);
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{File}:{Line}:{Column}: {Problem} {Repair} The rules in force stay.")]
        public static partial void Broken(ILogger logger, string file, int line, int column, string problem, string repair);

        [LoggerMessage(Level = LogLevel.Information, Message = "Rules in force: {Name} version {Version}, {Hash}.")]
        public static partial void InForce(ILogger logger, string name, int version, string hash);
    }
}
