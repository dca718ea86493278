using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>
/// All leads of a company as they truly are; a converted one as the deal that it became. Fields of the person and the organisation stand beside, with a prefix. The
/// customer's fields have their names, the product's their technical ones, and options their labels.
/// </summary>
internal static class CompanyStateReader
{
    public static IEnumerable<LeadState> Read(PipedriveCompany company) =>
        company.Table(EntityKind.Lead).All.Where(lead => !lead.IsGone || Conversion.DealOf(company, lead.Id) is null)
            .Concat(company.Table(EntityKind.Deal).All).Select(item => Read(company, item));

    private static LeadState Read(PipedriveCompany company, Item item)
    {
        var fields = Fields(company, item, "");
        Add(company, fields, EntityKind.Person, item.Long("person_id"), "person.");
        Add(company, fields, EntityKind.Organization, item.Long("org_id") ?? item.Long("organization_id"), "company.");
        return new LeadState
        {
            Key = company.Keys.KeyOf(item.Text("source_lead_id") ?? item.Id),
            AccountId = company.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Id = item.Id,
            ObjectName = item.Kind.Name,
            Stage = fields.GetValueOrDefault(CompanyFurniture.Lifecycle),
            Fields = fields,
            Tasks = Hanging(company, item, EntityKind.Activity),
            Notes = Hanging(company, item, EntityKind.Note),
            Archived = item.IsDeleted || item.Flag("is_archived"),
            MergedInto = item.Long("merged_to_id")?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    /// <summary>What the lead did itself is among the activities too, but is no task of anybody.</summary>
    private static List<ActivityState> Hanging(PipedriveCompany company, Item item, EntityKind kind) =>
        [.. company.Table(kind).Of(item.Kind.Name + "_id", item.Id)
            .Where(one => !one.IsDeleted && (kind != EntityKind.Activity || one.Text("type") is not "form" and not "webinar" and not "meeting"))
            .Select(one => new ActivityState(one.Id, Fields(company, one, "")))];

    private static void Add(PipedriveCompany company, Dictionary<string, string> fields, EntityKind kind, long? id, string prefix)
    {
        if (id is { } number && company.Table(kind).Find(number) is { } item)
        {
            foreach (var (name, value) in Fields(company, item, prefix))
            {
                fields[name] = value;
            }
        }
    }

    private static Dictionary<string, string> Fields(PipedriveCompany company, Item item, string prefix)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in company.Fields.All(item.Kind))
        {
            if (FieldValues.ToText(field, item[field.Code]) is { } text)
            {
                fields[prefix + ProductFields.NameOf(field)] = text;
            }
        }

        fields[prefix + "add_time"] = PipedriveTimes.Milliseconds(item.AddTime);
        fields[prefix + "update_time"] = PipedriveTimes.Milliseconds(item.UpdateTime);
        return fields;
    }
}
