using CrmSync.Adapters;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary>Looks in the account for what a pilot is about: one that names nothing there offers nobody.</summary>
internal static class PilotCheck
{
    /// <summary>Null: it is there, no pilot runs, or the account does not tell.</summary>
    /// <param name="users">Empty where the account does not tell.</param>
    public static async Task<CrmProblem?> FindAsync(
        ConnectionSettings connection, ICrmAdapter adapter, IReadOnlyList<CrmUser> users, CancellationToken cancellationToken) => connection.Pilot switch
        {
            { Kind: PilotKind.List } pilot => await OfListAsync(connection, pilot, adapter, cancellationToken),
            { Kind: PilotKind.Owner } pilot when users.Count > 0 && users.All(user => user.Id != pilot.Id) =>
                Wrong(connection, $"The account has no user '{pilot.Id}', whose leads the pilot is about, so nobody is offered.", "Correct the id; HubSpot shows it as the owner id. Remove it to end the pilot."),
            _ => null,
        };

    private static async Task<CrmProblem?> OfListAsync(ConnectionSettings connection, Pilot pilot, ICrmAdapter adapter, CancellationToken cancellationToken)
    {
        try
        {
            await adapter.ListMembersAsync(pilot.Id, cancellationToken);
            return null;
        }
        catch (CrmException failure) when (failure.Failure is CrmFailure.NotFound or CrmFailure.Refused)
        {
            return Wrong(connection, $"The pilot's list '{pilot.Id}' cannot be read ({failure.Message.TrimEnd('.')}), so nobody is offered.",
                "Write list:ID with the id of a list that is there (HubSpot: in the list's address), and grant the scope crm.lists.read. Remove it to end the pilot.");
        }
        catch (CrmException)
        {
            // Out of reach just now: that is told of the account itself.
            return null;
        }
    }

    private static CrmProblem Wrong(ConnectionSettings connection, string problem, string repair) =>
        new("pilot-unknown", ProblemReach.Writing, $"Connections:{connection.Crm.Name}:Pilot:Only", problem, repair);
}
