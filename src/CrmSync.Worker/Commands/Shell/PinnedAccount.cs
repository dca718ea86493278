using CrmSync.Adapters;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>Before a command changes an account: is it the one that AccountId names? The worker asks the same before its first pass.</summary>
internal static class PinnedAccount
{
    private const string Differs = "account-differs";

    /// <exception cref="CommandFailure">The credentials are another account's.</exception>
    /// <exception cref="CrmException">The CRM refuses or is away.</exception>
    public static async Task RequireAsync(CrmConnection connection, ICrmAdapter adapter, CancellationToken cancellationToken)
    {
        if (connection.AccountId is null)
            return;
        var problems = await adapter.CheckAsync(cancellationToken);
        if (problems.FirstOrDefault(p => p.Code == Differs) is { } other)
            throw new CommandFailure(ExitCode.Configuration, Differs, [new(other.Setting, other.Problem, $"{other.Repair} Nothing was changed.")]);
    }
}
