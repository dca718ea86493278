using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>What people do in Pipedrive's own surface, by the name of the act.</summary>
internal static class CompanyActs
{
    private static readonly Dictionary<string, Action<Scene>> Known = new(StringComparer.Ordinal)
    {
        ["accept"] = Answers.Give,
        ["reject"] = Answers.Give,
        ["return"] = Answers.Give,
        ["take"] = Answers.Give,
        ["dispute"] = Answers.Dispute,
        ["set-stage"] = RecordActs.SetStage,
        ["edit"] = RecordActs.Edit,
        ["assign"] = RecordActs.Assign,
        ["merge"] = RecordActs.Merge,
        ["delete"] = RecordActs.Delete,
        ["archive"] = RecordActs.Archive,
        ["unarchive"] = RecordActs.Unarchive,
        ["convert"] = DealActs.Convert,
        ["win"] = DealActs.Close,
        ["lose"] = DealActs.Close,
        ["submit-form"] = scene => Engagements.Apply(scene, EngagementWords.Of(scene.Act), scene.Context.At),
        ["complete-task"] = RecordActs.CompleteTask,
    };

    /// <summary>The record that the act was about, as it is after it, and what changed.</summary>
    public static (Item Record, IReadOnlyList<Effect> Effects) Run(Company company, ActRequest act, DateTimeOffset now)
    {
        if (!Known.TryGetValue(act.Act, out var run))
        {
            throw new SandboxRequestException($"Unknown act '{act.Act}'. Known: {string.Join(", ", Known.Keys)}.");
        }

        var record = Records.Of(company, act.Key);
        if (record.Flag("is_archived") && act.Act is not "unarchive" and not "delete")
        {
            throw new SandboxRequestException($"The lead '{act.Key}' is archived; nobody works on it in Pipedrive.");
        }

        var context = new WriteContext(ActorOf(company, act), now) { CorrelationId = company.NextUuid("act") };
        run(new Scene(company, act, record, context));
        return (company.Keys.TryFind(act.Key, out var id) ? Records.Current(company, id) ?? record : record, context.Effects);
    }

    private static Actor ActorOf(Company company, ActRequest act) =>
        act.Act == "submit-form" ? Actor.Visitor(company.Automation)
        : act.Person == "automation" ? Actor.Automation(company.Automation)
        : Actor.Person(act.Person is null ? company.People.First() : company.User(act.Person));
}
