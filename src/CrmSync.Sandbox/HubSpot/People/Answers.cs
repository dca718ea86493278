using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>How a rep answers a hand-over and marketing asks for one: by choosing an option of the product's own fields.</summary>
internal static class Answers
{
    private const string Decision = "crmsync_decision";
    private const string DecisionText = "crmsync_decision_text";
    private const string Request = "crmsync_request";

    public static void Give(ActScene scene)
    {
        var act = scene.Act;
        var changes = new Dictionary<string, string> { [Decision] = Option(scene.Portal, Decision, AnswerOptions.Wanted(act)) };
        if (act.Text is not null)
        {
            Find(scene.Portal, DecisionText);
            changes[DecisionText] = act.Text;
        }

        RecordWriter.Update(scene.Portal, scene.Contact, changes, scene.Context);
    }

    public static void Dispute(ActScene scene)
    {
        var changes = new Dictionary<string, string> { [Request] = Option(scene.Portal, Request, "dispute") };
        RecordWriter.Update(scene.Portal, scene.Contact, changes, scene.Context);
    }

    private static string Option(Portal portal, string property, string wanted) =>
        AnswerOptions.Find(property, [.. Find(portal, property).Options.Select(option => (option.Value, option.Label))], wanted);

    private static PropertyDefinition Find(Portal portal, string property) => portal.Schema(ObjectType.Contact).Find(property)
        ?? throw new SandboxRequestException($"The account has no property '{property}' yet; run the product's setup first.");
}
