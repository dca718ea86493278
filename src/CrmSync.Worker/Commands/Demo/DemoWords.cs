using CrmSync.Leads.Fields;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>What the demo's CRMs call the things that its people touch and that its summary counts.</summary>
internal static class DemoWords
{
    private const string Salesforce = "salesforce";
    private const string Pipedrive = "pipedrive";
    private const string Handover = "crmsync_handover";
    private const string Suffix = "__c";

    /// <summary>A field of the person's record, by the name that the demo's people use.</summary>
    public static string FieldIn(string crm, string field) => (crm, field) switch
    {
        (Salesforce, "jobtitle") => "Title",
        (Pipedrive, "jobtitle") => "person.job_title",
        (Pipedrive, "phone") => "person.phones",
        (Salesforce, _) when field.StartsWith("bant_", StringComparison.Ordinal) || field.StartsWith("crmsync_", StringComparison.Ordinal) => field + Suffix,
        _ => field,
    };

    /// <summary>One of the hand-over's own fields.</summary>
    public static string OwnFieldIn(string crm, string field) => crm == Salesforce ? field + Suffix : field;

    public static bool IsHandover(string field) => field is Handover or Handover + Suffix;

    /// <summary>A state of the hand-over by its value, where a CRM shows only what people read.</summary>
    public static string StateOf(string shown) =>
        HandoverFields.All[0].Options.FirstOrDefault(o => o.Value == shown || o.English == shown || o.Danish == shown)?.Value ?? shown;

    public static bool IsDone(IReadOnlyDictionary<string, string> task) =>
        task.GetValueOrDefault("done") == "true"
        || "completed".Equals(task.GetValueOrDefault("hs_task_status") ?? task.GetValueOrDefault("Status"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a lead with these fields became the contact with this id.</summary>
    public static bool Became(IReadOnlyDictionary<string, string> lead, string contactId) => lead.GetValueOrDefault("ConvertedContactId") == contactId;
}
