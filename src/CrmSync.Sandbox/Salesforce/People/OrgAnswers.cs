using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>How a rep answers a hand-over and marketing asks for one: by choosing a value of the product's own fields.</summary>
internal static class OrgAnswers
{
    private const string Decision = "crmsync_decision__c";
    private const string DecisionText = "crmsync_decision_text__c";
    private const string Request = "crmsync_request__c";

    public static void Give(OrgScene scene)
    {
        var person = scene.Person;
        var changes = new Dictionary<string, object?> { [Find(person, Decision).Name] = Option(scene.Org, person, Decision, AnswerOptions.Wanted(scene.Act)) };
        if (scene.Act.Text is { } text)
        {
            changes[Find(person, DecisionText).Name] = text;
        }

        RowWriter.Update(scene.Org, person, changes, scene.Context);
    }

    public static void Dispute(OrgScene scene) =>
        scene.Write(scene.Person, Find(scene.Person, Request).Name, Option(scene.Org, scene.Person, Request, "dispute"));

    private static string Option(Org org, OrgRow person, string name, string wanted)
    {
        var field = Find(person, name);
        var options = Picklists.Of(org, person.Type, field).Where(value => value.IsActive).Select(value => (value.Value, value.Label));
        return AnswerOptions.Find(field.Name, [.. options], wanted);
    }

    private static FieldDefinition Find(OrgRow person, string name) => person.Type.Find(name)
        ?? throw new SandboxRequestException($"{person.Type.Name} has no field '{name}' yet; run the product's setup first.");
}
