using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>What people do in Salesforce's own surface, by the name of the act.</summary>
internal static class OrgActs
{
    private static readonly Dictionary<string, Action<OrgScene>> Known = new(StringComparer.Ordinal)
    {
        ["accept"] = OrgAnswers.Give,
        ["reject"] = OrgAnswers.Give,
        ["return"] = OrgAnswers.Give,
        ["take"] = OrgAnswers.Give,
        ["dispute"] = OrgAnswers.Dispute,
        ["set-stage"] = PersonActs.SetStage,
        ["edit"] = PersonActs.Edit,
        ["assign"] = PersonActs.Assign,
        ["merge"] = PersonActs.Merge,
        ["delete"] = scene => Recycling.Delete(scene.Org, scene.Lead, scene.Context),
        ["archive"] = scene => Recycling.Delete(scene.Org, scene.Lead, scene.Context),
        ["undelete"] = scene => Recycling.Undelete(scene.Org, scene.Lead, scene.Context),
        ["purge"] = scene => Recycling.Purge(scene.Org, scene.Lead, scene.Context),
        ["convert"] = Opportunities.Convert,
        ["win"] = Opportunities.Close,
        ["lose"] = Opportunities.Close,
        ["submit-form"] = scene => CampaignResponses.Apply(scene.Org, scene.Person, EngagementWords.Of(scene.Act), scene.Context.At, scene.Context),
        ["complete-task"] = PersonActs.CompleteTask,
    };

    /// <summary>The lead that the act was about, and what changed.</summary>
    public static (OrgRow Lead, IReadOnlyList<Effect> Effects) Run(Org org, ActRequest act, DateTimeOffset now)
    {
        if (!Known.TryGetValue(act.Act, out var run))
        {
            throw new SandboxRequestException($"Unknown act '{act.Act}'. Known: {string.Join(", ", Known.Keys)}.");
        }

        var lead = PersonRecords.Lead(org, act.Key);
        if (lead.IsDeleted && act.Act is not "undelete" and not "purge")
        {
            throw new SandboxRequestException($"The lead '{act.Key}' is in the recycle bin; nobody sees it in Salesforce.");
        }

        var context = new Transaction(ActorOf(org, act, now), now, TimeSpan.FromSeconds(org.Switches.CommitDelaySeconds));
        run(new OrgScene(org, act, lead, context));
        return (lead, context.Effects);
    }

    private static OrgActor ActorOf(Org org, ActRequest act, DateTimeOffset now) =>
        act.Act == "submit-form" ? OrgActor.Visitor(org.Automation)
        : act.Person == "automation" ? OrgActor.Automation(org.Automation)
        : OrgActor.Person(act.Person is null ? org.People.First() : org.User(act.Person, now));
}
