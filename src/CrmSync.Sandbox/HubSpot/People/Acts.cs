using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>What people do in HubSpot's own surface.</summary>
internal static class Acts
{
    private static readonly string[] Known =
    [
        "accept", "reject", "return", "take", "dispute", "set-stage", "edit", "merge", "delete", "archive", "convert", "win", "lose", "submit-form", "complete-task",
    ];

    public static IReadOnlyList<Effect> Run(Portal portal, LeadKeys keys, ActRequest act, HubSpotRecord contact, DateTimeOffset now)
    {
        if (!Known.Contains(act.Act))
        {
            throw new SandboxRequestException($"Unknown act '{act.Act}'. Known: {string.Join(", ", Known)}.");
        }

        if (contact.State.IsArchived)
        {
            throw new SandboxRequestException($"The lead '{act.Key}' is archived; nobody sees it in HubSpot.");
        }

        var context = new WriteContext(act.Person == "automation" ? ChangeSource.Automation : ChangeSource.Person(PersonOf(portal, act)), now);
        switch (act.Act)
        {
            case "accept" or "return" or "take" or "reject":
                Answers.Give(portal, contact, act, context);
                break;
            case "dispute":
                Answers.Dispute(portal, contact, context);
                break;
            case "set-stage":
                SetStage(portal, contact, act, context);
                break;
            case "edit":
                Edit(portal, contact, act, context);
                break;
            case "merge":
                Merging.Merge(portal, keys.Contact(portal, act.Into ?? throw new SandboxRequestException("A merge needs 'into', the key that survives.")), contact, context);
                break;
            case "delete":
                RecordEnding.Erase(portal, contact, context);
                break;
            case "archive":
                RecordEnding.Archive(portal, contact, context);
                break;
            case "convert":
                throw new SandboxRequestException("HubSpot contacts are not converted; use set-stage, or win for a deal.");
            case "win" or "lose":
                Deals.Close(portal, contact, act, context);
                break;
            case "submit-form":
                SubmitForm(portal, contact, act, context);
                break;
            default:
                CompleteTask(portal, contact, context);
                break;
        }

        return context.Effects;
    }

    private static HubSpotOwner PersonOf(Portal portal, ActRequest act) => act.Person is null ? portal.Owners[0] : portal.Owner(act.Person);

    /// <summary>Going back takes a clearing first, in the surface as through the API.</summary>
    private static void SetStage(Portal portal, HubSpotRecord contact, ActRequest act, WriteContext context)
    {
        var definition = portal.Schema(ObjectType.Contact).Find(LifecycleStages.Property)!;
        var stage = LifecycleStages.Resolve(act.Stage ?? throw new SandboxRequestException("set-stage needs 'stage'."), definition)
            ?? throw new SandboxRequestException($"Unknown stage '{act.Stage}'.");
        if (LifecycleRule.IsBackward(portal, contact, stage))
        {
            RecordWriter.Update(portal, contact, new Dictionary<string, string> { [LifecycleStages.Property] = "" }, context);
        }

        RecordWriter.Update(portal, contact, new Dictionary<string, string> { [LifecycleStages.Property] = stage }, context);
    }

    /// <summary>Fields of the contact, or of its company with <c>company.</c> before the name.</summary>
    private static void Edit(Portal portal, HubSpotRecord contact, ActRequest act, WriteContext context)
    {
        const string CompanyPrefix = "company.";
        var company = Associations.To(portal, contact, ObjectType.Company).Select(end => end.Record).FirstOrDefault();
        foreach (var group in act.Fields.GroupBy(field => field.Key.StartsWith(CompanyPrefix, StringComparison.Ordinal)))
        {
            var record = (group.Key ? company : contact) ?? throw new SandboxRequestException($"The lead '{act.Key}' has no company to edit.");
            var fields = group.ToDictionary(field => group.Key ? field.Key[CompanyPrefix.Length..] : field.Key, field => field.Value);
            var check = WriteCheck.Of(portal, record.Type, fields, null);
            if (check.Problems.FirstOrDefault(problem => problem.Code != "READ_ONLY_VALUE") is { } problem)
            {
                throw new SandboxRequestException(problem.Message);
            }

            // People cannot edit what HubSpot works out either, but a scenario may: that is how it says what a tracking script saw.
            RecordWriter.Update(portal, record, fields.ToDictionary(field => field.Key, field => check.Values.GetValueOrDefault(field.Key, field.Value ?? "")), context);
        }
    }

    private static void SubmitForm(Portal portal, HubSpotRecord contact, ActRequest act, WriteContext context)
    {
        var kind = act.Fields.GetValueOrDefault("kind") ?? "handRaise";
        Engagements.Check(kind);
        var count = int.TryParse(act.Fields.GetValueOrDefault("count"), out var number) ? number : (int?)null;
        Engagements.Apply(portal, contact, new EngagementSpec { Kind = kind, Title = act.Fields.GetValueOrDefault("title"), Count = count }, context);
    }

    private static void CompleteTask(Portal portal, HubSpotRecord contact, WriteContext context)
    {
        var open = Associations.To(portal, contact, ObjectType.Task).Select(end => end.Record).LastOrDefault(task => task.State.Values.Get("hs_task_status") != "COMPLETED")
            ?? throw new SandboxRequestException("The lead has no open task.");
        RecordWriter.Update(portal, open, new Dictionary<string, string> { ["hs_task_status"] = "COMPLETED" }, context);
    }
}
