using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>
/// All leads of an org as they truly are. A task that was closed when it was made counts as a note. What people write to the contact of a converted lead
/// stands in place of the frozen value.
/// </summary>
internal static class OrgStateReader
{
    public static IEnumerable<LeadState> Read(Org org) => org.Table("Lead").All.Select(lead => Read(org, lead));

    private static LeadState Read(Org org, OrgRow lead)
    {
        var contact = lead.IsPurged ? null : PersonRecords.Contact(org, lead);
        var fields = Fields(lead);
        foreach (var field in contact?.Type.Fields.Where(field => field.IsCustom) ?? [])
        {
            if (FieldValues.ToText(contact![field]) is { } value)
            {
                fields[field.Name] = value;
            }
            else
            {
                fields.Remove(field.Name);
            }
        }

        var tasks = Activities(org, "Task", "WhoId", lead, contact);
        return new LeadState
        {
            Key = org.Keys.KeyOf(lead.Id),
            AccountId = org.Id,
            Id = lead.Id,
            ObjectName = lead.Type.Name,
            Stage = fields.GetValueOrDefault(LeadWords.Stage),
            Fields = fields,
            Tasks = [.. tasks.Where(task => !task.IsLogged).Select(State)],
            Notes = [.. tasks.Where(task => task.IsLogged).Concat(Activities(org, "Note", "ParentId", lead, contact)).Select(State)],
            Archived = lead.IsDeleted,
            MergedInto = lead.Text("MasterRecordId"),
        };
    }

    private static List<OrgRow> Activities(Org org, string type, string link, OrgRow lead, OrgRow? contact) =>
        [.. new[] { lead, contact }.OfType<OrgRow>().SelectMany(person => org.Table(type).Of(link, person.Id))];

    private static ActivityState State(OrgRow activity) => new(activity.Id, Fields(activity));

    private static Dictionary<string, string> Fields(OrgRow record) => record.Type.Fields
        .Select(field => (field.Name, Value: FieldValues.ToText(record[field])))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Value!, StringComparer.Ordinal);
}
