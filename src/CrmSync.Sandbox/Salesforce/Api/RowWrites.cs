using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>
/// Writes of the API, each in two steps: first everything that can refuse it, then the change. The first step throws <see cref="SalesforceRefusal"/>.
/// </summary>
internal static class RowWrites
{
    private const string NoLock = "unable to obtain exclusive access to this record";

    /// <summary>The change answers the id of the new row.</summary>
    public static Func<string> Create(RestCall call, SObjectSchema schema, JsonObject row)
    {
        RequireWritable(call, schema);
        var values = RowCheck.Read(call.Org, schema, row, isNew: true);
        RefuseTaken(call, schema, values, null);
        RowRules.Check(call.Org, schema, values, null);
        DuplicateRules.Check(call, schema, values, null);
        Assign(call, schema, values);
        return () => RowWriter.Create(call.Org, schema.Name, values, call.Write).Id;
    }

    public static Func<string> Update(RestCall call, SObjectSchema schema, OrgRow record, JsonObject row)
    {
        RequireWritable(call, schema);
        if (record.IsDeleted)
        {
            throw SalesforceRefusal.Deleted();
        }

        var values = RowCheck.Read(call.Org, schema, row, isNew: false);
        RefuseFrozen(record);
        RefuseTaken(call, schema, values, record);
        RefuseLocked(call, record);
        RowRules.Check(call.Org, schema, values, record);
        DuplicateRules.Check(call, schema, values, record);
        Assign(call, schema, values);
        return () =>
        {
            RowWriter.Update(call.Org, record, values, call.Write);
            return record.Id;
        };
    }

    public static Func<string> Delete(RestCall call, OrgRow record)
    {
        RequireWritable(call, record.Type);
        if (record.IsDeleted)
        {
            throw SalesforceRefusal.Deleted();
        }

        RefuseLocked(call, record);
        return () =>
        {
            Recycling.Delete(call.Org, record, call.Write);
            return record.Id;
        };
    }

    /// <summary>The live row whose external id has this value; null when there is none.</summary>
    public static OrgRow? ByExternalId(RestCall call, RecordTable table, string name, string value)
    {
        var field = FieldAccess.Find(call.Org, table.Schema, name);
        if (field is not { IsExternalId: true } && !string.Equals(name, "Id", StringComparison.OrdinalIgnoreCase))
        {
            throw new SalesforceRefusal(404, "NOT_FOUND", $"Provided external ID field does not exist or is not accessible: {name}") { IsCodeFirst = true };
        }

        return field!.Type == "id" ? call.Find(table, value) : table.Holder(field, value);
    }

    private static void RequireWritable(RestCall call, SObjectSchema schema)
    {
        var isSetup = schema.Name is "PermissionSet" or "PermissionSetAssignment" or "FieldPermissions" or "ObjectPermissions";
        if (schema.IsReadOnly)
        {
            throw SalesforceRefusal.Row("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", $"entity type cannot be inserted or updated: {schema.Label}");
        }

        if (isSetup && !call.Org.Switches.MayCustomize)
        {
            throw SalesforceRefusal.Row("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
        }
    }

    /// <summary>A converted lead can be read, and that is all.</summary>
    private static void RefuseFrozen(OrgRow record)
    {
        if (record.Type.Name == "Lead" && record.Flag("IsConverted"))
        {
            throw SalesforceRefusal.Row("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        }
    }

    private static void RefuseTaken(RestCall call, SObjectSchema schema, Dictionary<string, object?> values, OrgRow? writer)
    {
        foreach (var field in schema.Fields.Where(field => field.IsUnique && values.GetValueOrDefault(field.Name) is string))
        {
            if (call.Org.Table(schema.Name).Holder(field, (string)values[field.Name]!) is { } holder && holder != writer)
            {
                throw SalesforceRefusal.Row("DUPLICATE_VALUE", $"duplicate value found: {field.Name} duplicates value on record with id: {holder.Id[..15]}");
            }
        }

        if (schema.Name == "CampaignMember" && writer is null && values.GetValueOrDefault("LeadId") is string lead
            && call.Org.Table("CampaignMember").Of("LeadId", lead).Any(member => member.Text("CampaignId") == values.GetValueOrDefault("CampaignId") as string))
        {
            throw SalesforceRefusal.Row("DUPLICATE_VALUE", "Already a campaign member.");
        }
    }

    private static void RefuseLocked(RestCall call, OrgRow record)
    {
        var switches = call.Org.Switches;
        var isHeld = record.IsUncommitted(call.Request.Now) || switches.LockedLeads.Any(key => call.Org.Keys.Find(key) == record.Id);
        if ((switches.LockEvery > 0 && call.Org.NextApiRow() % switches.LockEvery == 0) || isHeld)
        {
            throw SalesforceRefusal.Row("UNABLE_TO_LOCK_ROW", NoLock);
        }
    }

    private static void Assign(RestCall call, SObjectSchema schema, Dictionary<string, object?> values)
    {
        if (schema.Name == "Lead" && call.AssignsOwner && call.Org.Switches.AssignmentOwner is { Length: > 0 } key)
        {
            values["OwnerId"] = call.Org.User(key, call.Request.Now).Id;
        }
    }
}
