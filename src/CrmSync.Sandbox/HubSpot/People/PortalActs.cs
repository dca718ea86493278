using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>What people do in HubSpot's own surface, by the name of the act.</summary>
internal static class PortalActs
{
    private static readonly Dictionary<string, Action<ActScene>> Known = new(StringComparer.Ordinal)
    {
        ["accept"] = Answers.Give,
        ["reject"] = Answers.Give,
        ["return"] = Answers.Give,
        ["take"] = Answers.Give,
        ["dispute"] = Answers.Dispute,
        ["set-stage"] = RecordActs.SetStage,
        ["edit"] = RecordActs.Edit,
        ["merge"] = RecordActs.Merge,
        ["delete"] = scene => RecordEnding.Erase(scene.Portal, scene.Contact, scene.Context),
        ["archive"] = scene => RecordEnding.Archive(scene.Portal, scene.Contact, scene.Context),
        ["convert"] = Deals.Open,
        ["win"] = Deals.Close,
        ["lose"] = Deals.Close,
        ["submit-form"] = RecordActs.SubmitForm,
        ["complete-task"] = RecordActs.CompleteTask,
    };

    public static IReadOnlyList<Effect> Run(Portal portal, LeadKeys keys, ActRequest act, HubSpotRecord contact, DateTimeOffset now)
    {
        if (!Known.TryGetValue(act.Act, out var run))
        {
            throw new SandboxRequestException($"Unknown act '{act.Act}'. Known: {string.Join(", ", Known.Keys)}.");
        }

        if (contact.State.IsArchived)
        {
            throw new SandboxRequestException($"The lead '{act.Key}' is archived; nobody sees it in HubSpot.");
        }

        var context = new WriteContext(act.Person == "automation" ? ChangeSource.Automation : ChangeSource.Person(PersonOf(portal, act)), now);
        run(new ActScene(portal, keys, act, contact, context));
        return context.Effects;
    }

    private static HubSpotOwner PersonOf(Portal portal, ActRequest act) => act.Person is null ? portal.Owners[0] : portal.Owner(act.Person);
}
