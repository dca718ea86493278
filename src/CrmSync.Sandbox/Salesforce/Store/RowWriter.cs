using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>Makes and changes rows. Values come checked and by field name; what is decided here is what Salesforce does with them.</summary>
internal static class RowWriter
{
    public static OrgRow Create(Org org, string type, IReadOnlyDictionary<string, object?> values, Transaction context)
    {
        var table = org.Table(type);
        var schema = table.Schema;
        var row = new object?[schema.Fields.Count];
        Defaults(org, schema, row, context);
        foreach (var (name, value) in values)
        {
            row[schema.Get(name).Index] = Kept(value);
        }

        Derivations.Apply(org, schema, row, null, context);
        (row[SystemFields.Id], row[SystemFields.IsDeleted]) = (table.NextId(), false);
        (row[SystemFields.CreatedDate], row[SystemFields.CreatedById]) = (context.CreatedAt is { } at ? SalesforceInstants.Second(at) : context.Stamp, context.Actor.UserId);
        Stamp(row, context);
        var record = new OrgRow(schema, (string)row[SystemFields.Id]!, new RowState(row, context.CommitAt.UtcTicks));
        table.Add(record);
        context.Note(record, "id", null, record.Id);
        var set = schema.Fields.Skip(SystemFields.First.Count).Where(field => row[field.Index] is not null).ToList();
        foreach (var field in set.Where(field => row[field.Index] is not false))
        {
            context.Note(record, field.Name, null, row[field.Index]);
        }

        AfterCreate(org, record, context);
        org.Changed(new RowChange(RowChangeKind.Create, record, set, context));
        return record;
    }

    public static void Update(Org org, OrgRow record, IReadOnlyDictionary<string, object?> changes, Transaction context)
    {
        var schema = record.Type;
        var old = record.State.Values;
        var row = new object?[schema.Fields.Count];
        old.CopyTo(row, 0);
        foreach (var (name, value) in changes)
        {
            row[schema.Get(name).Index] = Kept(value);
        }

        Derivations.Apply(org, schema, row, old, context);
        var changed = schema.Fields.Where(field => !Equals(FieldValues.Get(old, field), row[field.Index])).ToList();
        if (changed.Count == 0 && !org.Switches.EqualWriteTouches)
        {
            return;
        }

        Enter(org, record, row, context);
        foreach (var field in changed)
        {
            context.Note(record, field.Name, FieldValues.Get(old, field), row[field.Index]);
        }

        HistoryRows.Add(org, record, old, changed, context);
        if (changed.Count > 0)
        {
            org.Changed(new RowChange(RowChangeKind.Update, record, changed, context));
        }
    }

    /// <summary>Puts a row into its next state, under new stamps.</summary>
    public static void Enter(Org org, OrgRow record, object?[] row, Transaction context)
    {
        Stamp(row, context);
        // A clock that was set back does not take stamps with it.
        if (record.State.Values[SystemFields.SystemModstamp] is DateTimeOffset stamp && stamp > context.Stamp)
        {
            row[SystemFields.SystemModstamp] = row[SystemFields.LastModifiedDate] = stamp;
        }

        var before = record.State.Values;
        record.Enter(new RowState(row, Math.Max(context.CommitAt.UtcTicks, record.State.VisibleTicks)));
        org.Table(record.Type.Name).Index(record, before);
    }

    private static object? Kept(object? value) => value is "" ? null : value;

    private static void Stamp(object?[] row, Transaction context)
    {
        row[SystemFields.LastModifiedDate] = row[SystemFields.SystemModstamp] = context.Stamp;
        row[SystemFields.LastModifiedById] = context.Actor.UserId;
    }

    private static void Defaults(Org org, SObjectSchema schema, object?[] row, Transaction context)
    {
        foreach (var field in schema.Fields)
        {
            row[field.Index] = field switch
            {
                { Type: "boolean" } => false,
                { Name: "OwnerId" } => context.Actor.UserId,
                { Type: "picklist", IsDefaulted: true } => Picklists.Of(org, schema, field).FirstOrDefault(value => value.IsDefault)?.Value,
                _ => null,
            };
        }
    }

    /// <summary>A campaign begins with the statuses that its members can have.</summary>
    private static void AfterCreate(Org org, OrgRow record, Transaction context)
    {
        record.IsLogged = record.Type.Name == "Task" && record.Flag("IsClosed");
        if (record.Type.Name == "Campaign")
        {
            (string Label, bool HasResponded)[] statuses = record.Text("Type") == "Webinar" ? [("Registered", false), ("Attended", true)]
                : [("Sent", false), ("Responded", true)];
            foreach (var (label, hasResponded) in statuses)
            {
                org.Table("CampaignMemberStatus").Place(org.Automation.Id, context.At,
                    [("CampaignId", record.Id), ("Label", label), ("HasResponded", hasResponded), ("IsDefault", !hasResponded), ("SortOrder", hasResponded ? 2L : 1L)]);
            }
        }
        else if (record.Type.Name == "Opportunity")
        {
            HistoryRows.AddStage(org, record, context);
        }
    }
}
