using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>Opening a deal, winning and losing: the open deal of the contact is closed; without one it is made first.</summary>
internal static class Deals
{
    /// <summary>The contact stays what it is; what other CRMs call converting is a deal beside it here.</summary>
    public static void Open(ActScene scene)
    {
        if (Deal(scene) is not null)
        {
            throw new SandboxRequestException($"The lead '{scene.Act.Key}' has an open deal already.");
        }

        Make(scene);
    }

    public static void Close(ActScene scene)
    {
        var (portal, _, act, _, context) = scene;
        var deal = Deal(scene) ?? Make(scene);
        RecordWriter.Update(portal, deal, new Dictionary<string, string>
        {
            ["dealstage"] = act.Act == "win" ? "closedwon" : "closedlost",
            ["closedate"] = Instants.Format(context.At),
            [act.Act == "win" ? "closed_won_reason" : "closed_lost_reason"] = act.Text ?? "",
        }, context);
    }

    private static HubSpotRecord? Deal(ActScene scene)
    {
        return Associations.To(scene.Portal, scene.Contact, ObjectType.Deal).Select(end => end.Record).LastOrDefault(IsOpen);

        bool IsOpen(HubSpotRecord record) => scene.Portal.DealStage(record.State.Values.Get("dealstage")) is { IsWon: false, IsLost: false };
    }

    private static HubSpotRecord Make(ActScene scene)
    {
        var (portal, _, act, contact, context) = scene;
        var values = new Dictionary<string, string>
        {
            ["dealname"] = $"Deal with {contact.State.Values.Get("company") ?? contact.State.Values.Get("email") ?? contact.IdText}",
            ["dealstage"] = "appointmentscheduled",
            ["amount"] = act.Fields.GetValueOrDefault("amount") ?? "25000",
            ["hubspot_owner_id"] = contact.State.Values.Get("hubspot_owner_id") ?? portal.Owners[0].Id.ToString(CultureInfo.InvariantCulture),
        };
        var deal = RecordWriter.Create(portal, ObjectType.Deal, values, context);
        Associations.Add(portal, deal, contact, [], context);
        foreach (var company in Associations.To(portal, contact, ObjectType.Company).Select(end => end.Record).Take(1).ToList())
        {
            Associations.Add(portal, deal, company, [], context);
        }

        return deal;
    }
}
