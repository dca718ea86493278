using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>Acts on the person's record, the company's account and the tasks.</summary>
internal static class PersonActs
{
    private const string CompanyPrefix = "company.";

    public static void SetStage(OrgScene scene) =>
        scene.Write(scene.Person, LeadWords.Stage, LeadWords.StageOf(scene.Org, scene.Act.Stage ?? throw new SandboxRequestException("set-stage needs 'stage'.")));

    /// <summary>Fields of the person, or of the company's account with <c>company.</c> before the name.</summary>
    public static void Edit(OrgScene scene)
    {
        var ofCompany = scene.Act.Fields.Where(field => IsOfCompany(field.Key)).ToDictionary(field => field.Key[CompanyPrefix.Length..], field => field.Value);
        var ofPerson = scene.Act.Fields.Where(field => !IsOfCompany(field.Key)).ToDictionary();
        if (ofPerson.Count > 0)
        {
            RowWriter.Update(scene.Org, scene.Person, LeadWords.Values(scene.Person.Type, ofPerson), scene.Context);
        }

        if (ofCompany.Count > 0)
        {
            var id = scene.Lead.Text("ConvertedAccountId") ?? scene.Lead.Text("Matched_Account__c");
            var account = id is null ? null : scene.Org.Table("Account").Find(id);
            RowWriter.Update(
                scene.Org, account ?? throw new SandboxRequestException($"The lead '{scene.Act.Key}' has no account to edit."),
                LeadWords.Values(account.Type, ofCompany), scene.Context);
        }
    }

    /// <summary>Gives the record to somebody else, or to the queue.</summary>
    public static void Assign(OrgScene scene)
    {
        var to = scene.Act.Into ?? throw new SandboxRequestException("assign needs 'into', the owner's key, or 'queue'.");
        scene.Write(scene.Person, "OwnerId", to == "queue" ? scene.Org.Queue : scene.Org.User(to, scene.Context.At).Id);
    }

    public static void Merge(OrgScene scene)
    {
        var into = scene.Act.Into ?? throw new SandboxRequestException("A merge needs 'into', the key that survives.");
        var winner = PersonRecords.Lead(scene.Org, into);
        if (winner == scene.Lead || winner.IsDeleted || winner.Flag("IsConverted") || scene.Lead.Flag("IsConverted"))
        {
            throw new SandboxRequestException($"'{scene.Act.Key}' cannot be merged into '{into}': they are the same record, or one of them is gone or converted.");
        }

        Recycling.Merge(scene.Org, winner, scene.Lead, scene.Context);
    }

    public static void CompleteTask(OrgScene scene)
    {
        var open = scene.Org.Table("Task").Of("WhoId", scene.Person.Id).LastOrDefault(task => !task.Flag("IsClosed"))
            ?? throw new SandboxRequestException("The lead has no open task.");
        scene.Write(open, "Status", "Completed");
    }

    private static bool IsOfCompany(string field) => field.StartsWith(CompanyPrefix, StringComparison.Ordinal);
}
