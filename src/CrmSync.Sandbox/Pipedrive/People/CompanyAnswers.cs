using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>How a rep answers a hand-over and marketing asks for one: by choosing an option of the product's own fields.</summary>
internal static class CompanyAnswers
{
    private const string Decision = "crmsync_decision";
    private const string DecisionText = "crmsync_decision_text";
    private const string Request = "crmsync_request";

    public static void Give(Scene scene)
    {
        var decision = Find(scene.Company, Decision);
        var changes = new Dictionary<string, object?> { [decision.Code] = LeadWords.Option(decision, AnswerOptions.Wanted(scene.Act)) };
        if (scene.Act.Text is { } text)
        {
            changes[Find(scene.Company, DecisionText).Code] = text;
        }

        ItemWriter.Update(scene.Company, scene.Record, changes, scene.Context);
    }

    public static void Dispute(Scene scene)
    {
        var request = Find(scene.Company, Request);
        scene.Write(scene.Record, request.Code, LeadWords.Option(request, "dispute"));
    }

    private static FieldDefinition Find(PipedriveCompany company, string name) => ProductFields.Find(company.Fields.Custom(EntityKind.Deal), name)
        ?? throw new SandboxRequestException($"The company has no deal field '{name}' yet; run the product's setup first.");
}
