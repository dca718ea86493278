using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.Brakes;

/// <summary>Whether a lead belongs to the pilot that a connection runs.</summary>
internal static class PilotGate
{
    /// <summary>True where no pilot runs. The members of a list that was not read yet are not known, and nobody is let in.</summary>
    public static bool LetsIn(ConnectedCrm connection, string leadId, string? ownerId) => connection.Pilot switch
    {
        null => true,
        { Kind: PilotKind.Owner } pilot => ownerId == pilot.Id,
        { Kind: PilotKind.Lead } pilot => leadId == pilot.Id,
        _ => connection.PilotMembers?.Contains(leadId) == true,
    };

    public static bool LetsIn(ConnectedCrm connection, OfferWish wish) => LetsIn(connection, wish.Lead.Id, wish.OwnerId);
}
