using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Looks again and again whether the account still has what we need. What is missing stops reading or writing of this
/// connection only, before any request that would fail; repair is noticed by itself.
/// </summary>
internal sealed partial class CheckWork(ConnectedCrm connection, ConnectionMemory memory, TimeProvider clock, ILogger<CheckWork> log) : IRecurringWork
{
    /// <summary>Told by whatever work meets it first, once.</summary>
    private const string Spent = "rate-limited";

    /// <summary>Before a connection is live it stops no reading. Of one that was, every stage would be taken for an emptied one, also after a restart.</summary>
    private const string NoStageField = "stage-field-missing";
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RestInDoubt = TimeSpan.FromMinutes(1);
    private DateTimeOffset _next;
    private DateTimeOffset _soon;
    private DateTimeOffset _usersNext;
    private int _usersFailed;

    public string Name => $"check {connection.Name}";
    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!connection.Gate.IsOpen(now))
            return;
        try
        {
            if (now >= _next || !connection.Gate.IsChecked || (connection.Gate.IsDoubted && now >= _soon))
                await CheckAsync(now, cancellationToken);
            if (now >= _usersNext && connection.Gate.MayRead)
                await UsersAsync(now, cancellationToken);
            // In shadow mode nothing of the account is changed, its webhooks included.
            if (connection.Gate.MayWrite && connection.AreWebhookSecretsOfStart && await memory.LiveSinceAsync(connection, now, cancellationToken) is not null)
                foreach (var step in await connection.Adapter.MendWebhooksAsync(cancellationToken))
                    Note(step);
        }
        catch (CrmException failure)
        {
            connection.Gate.Failed(failure, clock.GetUtcNow(), out var isNews);
            LogLine.CheckFailed(log, isNews ? LogLevel.Warning : LogLevel.Information, connection.Name, failure.Failure, failure.Message);
        }
    }

    private async Task CheckAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var problems = await connection.Adapter.CheckAsync(cancellationToken);
        if (problems.Any(p => p.Code == NoStageField) && await memory.LiveSinceAsync(connection, now, cancellationToken) is not null)
            problems = [.. problems.Select(p => p.Code == NoStageField ? p with { Reach = ProblemReach.Everything } : p)];
        // An account out of reach says nothing of what it holds: what was known of it stays, and it is asked again soon.
        var outOfReach = problems.Any(p => p.Code is "unreachable" or Spent);
        foreach (var problem in problems.Except(connection.Gate.Problems).Where(p => p.Reach != ProblemReach.Hint && !(p.Code == Spent && connection.Gate.IsChecked)))
            LogLine.Problem(log, connection.Name, problem.Setting, problem.Problem, problem.Repair);
        (_next, _soon) = (now + (outOfReach ? Every : Rest), now + RestInDoubt);
        if (!outOfReach || !connection.Gate.IsChecked)
            connection.Gate.Checked(problems);
    }

    private void Note(SetupStep step)
    {
        if (step.Outcome == SetupOutcome.Created)
            LogLine.WebhookMended(log, connection.Name, step.What, step.Name);
        else if (step.Outcome == SetupOutcome.Manual)
            LogLine.WebhookToMend(log, connection.Name, step.Detail ?? step.Name);
    }

    /// <summary>Users out of reach stop nothing: those known stay, and they are asked for again soon, then ever more seldom.</summary>
    private async Task UsersAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            connection.Users.Took(await connection.Adapter.UsersAsync(cancellationToken));
            (_usersNext, _usersFailed) = (now + Rest, 0);
        }
        catch (CrmException failure) when (failure.Failure is not (CrmFailure.Unauthorised or CrmFailure.RateLimited))
        {
            var pause = Every * Math.Pow(2, Math.Min(_usersFailed++, 5));
            _usersNext = now + (pause < Rest ? pause : Rest);
            LogLine.UsersFailed(log, connection.Name, failure.Failure, failure.Message, _usersNext);
        }
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The webhooks of {Connection} were put in order: {What} {Name}.")]
        public static partial void WebhookMended(ILogger logger, string connection, string what, string name);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The webhooks of {Connection} need a hand: {Detail}")]
        public static partial void WebhookToMend(ILogger logger, string connection, string detail);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Connection} needs attention at {Setting}: {Problem} {Repair}")]
        public static partial void Problem(ILogger logger, string connection, string setting, string problem, string repair);

        [LoggerMessage(Message = "{Connection} could not be checked ({Failure}): {Problem}")]
        public static partial void CheckFailed(ILogger logger, LogLevel level, string connection, CrmFailure failure, string problem);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The users of {Connection} could not be read ({Failure}): {Problem} Next try at {RetryAt:O}.")]
        public static partial void UsersFailed(ILogger logger, string connection, CrmFailure failure, string problem, DateTimeOffset retryAt);
    }
}
