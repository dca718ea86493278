using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>What people do in Pipedrive's own surface, by the name of the act.</summary>
internal static class CompanyActs
{
    private static readonly Dictionary<string, Action<Scene>> Known = new(StringComparer.Ordinal)
    {
        ["accept"] = CompanyAnswers.Give,
        ["reject"] = CompanyAnswers.Give,
        ["return"] = CompanyAnswers.Give,
        ["take"] = CompanyAnswers.Give,
        ["dispute"] = CompanyAnswers.Dispute,
        ["set-stage"] = LeadActs.SetStage,
        ["edit"] = LeadActs.Edit,
        ["assign"] = LeadActs.Assign,
        ["merge"] = LeadActs.Merge,
        ["delete"] = LeadActs.Delete,
        ["archive"] = LeadActs.Archive,
        ["unarchive"] = LeadActs.Unarchive,
        ["convert"] = DealActs.Convert,
        ["win"] = DealActs.Close,
        ["lose"] = DealActs.Close,
        ["submit-form"] = scene => CompanyEngagements.Apply(scene, EngagementWords.Of(scene.Act), scene.Context.At),
        ["complete-task"] = LeadActs.CompleteTask,
    };

    /// <summary>The record that the act was about, as it is after it, and what changed.</summary>
    public static (Item Record, IReadOnlyList<Effect> Effects) Run(PipedriveCompany company, ActRequest act, DateTimeOffset now)
    {
        if (!Known.TryGetValue(act.Act, out var run))
        {
            throw new SandboxRequestException($"Unknown act '{act.Act}'. Known: {string.Join(", ", Known.Keys)}.");
        }

        var record = LeadRecords.Of(company, act.Key);
        if (record.Flag("is_archived") && act.Act is not "unarchive" and not "delete")
        {
            throw new SandboxRequestException($"The lead '{act.Key}' is archived; nobody works on it in Pipedrive.");
        }

        var context = new CompanyWrite(ActorOf(company, act), now) { CorrelationId = company.NextUuid("act") };
        run(new Scene(company, act, record, context));
        return (company.Keys.TryFind(act.Key, out var id) ? LeadRecords.Current(company, id) ?? record : record, context.Effects);
    }

    private static CompanyActor ActorOf(PipedriveCompany company, ActRequest act) =>
        act.Act == "submit-form" ? CompanyActor.Visitor(company.Automation)
        : act.Person == "automation" ? CompanyActor.Automation(company.Automation)
        : CompanyActor.Person(act.Person is null ? company.People.First() : company.User(act.Person));
}
