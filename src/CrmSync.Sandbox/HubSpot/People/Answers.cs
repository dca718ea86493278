using CrmSync.Sandbox.Contracts;
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
        var wanted = act.Act == "reject" ? "reject" + (act.Reason ?? throw new SandboxRequestException("reject needs a reason.")) : act.Act;
        var changes = new Dictionary<string, string> { [Decision] = Option(scene.Portal, Decision, wanted) };
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

    /// <summary>The option that a person would click: spelling, case and the word "reject" before a reason do not matter.</summary>
    private static string Option(Portal portal, string property, string wanted)
    {
        var definition = Find(portal, property);
        var sought = Plain(wanted);
        return definition.Options.FirstOrDefault(option => Plain(option.Value) == sought)?.Value
            ?? definition.Options.FirstOrDefault(option => Plain(option.Label) == sought)?.Value
            ?? definition.Options.FirstOrDefault(option => Plain(option.Value).StartsWith(sought, StringComparison.Ordinal))?.Value
            ?? throw new SandboxRequestException(
                $"{property} has no option for '{wanted}'. It has: {string.Join(", ", definition.Options.Select(option => option.Value))}.");
    }

    private static PropertyDefinition Find(Portal portal, string property) => portal.Schema(ObjectType.Contact).Find(property)
        ?? throw new SandboxRequestException($"The account has no property '{property}' yet; run the product's setup first.");

    private static string Plain(string text)
    {
        var plain = new string([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        while (plain.StartsWith("reject", StringComparison.Ordinal))
        {
            plain = plain["reject".Length..];
        }

        return plain;
    }
}
