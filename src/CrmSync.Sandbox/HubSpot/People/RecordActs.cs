using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>Acts on the person's record, its company and its tasks.</summary>
internal static class RecordActs
{
    private const string CompanyPrefix = "company.";

    /// <summary>Going back takes a clearing first, in the surface as through the API.</summary>
    public static void SetStage(ActScene scene)
    {
        var definition = scene.Portal.Schema(ObjectType.Contact).Find(LifecycleStages.Property)!;
        var stage = LifecycleStages.Resolve(scene.Act.Stage ?? throw new SandboxRequestException("set-stage needs 'stage'."), definition)
            ?? throw new SandboxRequestException($"Unknown stage '{scene.Act.Stage}'.");
        if (LifecycleRule.IsBackward(scene.Portal, scene.Contact, stage))
        {
            Write(scene, scene.Contact, LifecycleStages.Property, "");
        }

        Write(scene, scene.Contact, LifecycleStages.Property, stage);
    }

    /// <summary>Fields of the contact, or of its company with <c>company.</c> before the name.</summary>
    public static void Edit(ActScene scene)
    {
        var ofCompany = scene.Act.Fields.Where(field => IsOfCompany(field.Key)).ToDictionary(field => field.Key[CompanyPrefix.Length..], field => field.Value);
        var ofContact = scene.Act.Fields.Where(field => !IsOfCompany(field.Key)).ToDictionary(field => field.Key, field => field.Value);
        Edit(scene, scene.Contact, ofContact);
        if (ofCompany.Count > 0)
        {
            var company = Associations.To(scene.Portal, scene.Contact, ObjectType.Company).Select(end => end.Record).FirstOrDefault()
                ?? throw new SandboxRequestException($"The lead '{scene.Act.Key}' has no company to edit.");
            Edit(scene, company, ofCompany);
        }
    }

    public static void Merge(ActScene scene)
    {
        var into = scene.Act.Into ?? throw new SandboxRequestException("A merge needs 'into', the key that survives.");
        var winner = scene.Keys.Contact(scene.Portal, into);
        if (winner == scene.Contact)
        {
            throw new SandboxRequestException($"'{into}' and '{scene.Act.Key}' are the same record already.");
        }

        Merging.Merge(scene.Portal, winner, scene.Contact, scene.Context);
    }

    public static void SubmitForm(ActScene scene) => Engagements.Apply(scene.Portal, scene.Contact, EngagementWords.Of(scene.Act), scene.Context);

    public static void CompleteTask(ActScene scene)
    {
        var open = Associations.To(scene.Portal, scene.Contact, ObjectType.Task).Select(end => end.Record)
            .LastOrDefault(task => task.State.Values.Get("hs_task_status") != "COMPLETED")
            ?? throw new SandboxRequestException("The lead has no open task.");
        Write(scene, open, "hs_task_status", "COMPLETED");
    }

    private static void Edit(ActScene scene, HubSpotRecord record, Dictionary<string, string?> fields)
    {
        var check = WriteCheck.Of(scene.Portal, record.Type, fields, null);
        if (check.Problems.FirstOrDefault(problem => problem.Code != "READ_ONLY_VALUE") is { } problem)
        {
            throw new SandboxRequestException(problem.Message);
        }

        // People cannot edit what HubSpot works out either, but a scenario may: that is how it says what a tracking script saw.
        var values = fields.ToDictionary(field => field.Key, field => check.Values.GetValueOrDefault(field.Key, field.Value ?? ""));
        RecordWriter.Update(scene.Portal, record, values, scene.Context);
    }

    private static bool IsOfCompany(string field) => field.StartsWith(CompanyPrefix, StringComparison.Ordinal);

    private static void Write(ActScene scene, HubSpotRecord record, string property, string value) =>
        RecordWriter.Update(scene.Portal, record, new Dictionary<string, string> { [property] = value }, scene.Context);
}
