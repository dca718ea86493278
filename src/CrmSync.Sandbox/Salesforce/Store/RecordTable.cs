using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>All rows of one object in one org, in the order of their ids, which is that of creation.</summary>
internal sealed class RecordTable(SObjectSchema schema)
{
    private const long FirstNumber = 1_000_000;

    private readonly List<OrgRow> ordered = [];
    private readonly Dictionary<string, OrgRow> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Field, string Id), List<OrgRow>> references = [];

    public SObjectSchema Schema => schema;

    public IReadOnlyList<OrgRow> All => ordered;

    /// <summary>What the next record will be called; nothing else takes that id before it is added.</summary>
    public string NextId() => RecordId.Make(schema.Prefix, FirstNumber + ordered.Count);

    public void Add(OrgRow record)
    {
        ordered.Add(record);
        byId.Add(record.Id, record);
        Index(record, []);
    }

    /// <summary>Adds a row as it is, without a word to anybody.</summary>
    public OrgRow Place(string? user, DateTimeOffset now, IEnumerable<(string Field, object? Value)> values, string? id = null)
    {
        var row = new object?[schema.Fields.Count];
        (row[SystemFields.Id], row[SystemFields.IsDeleted]) = (id ?? NextId(), false);
        row[SystemFields.CreatedDate] = row[SystemFields.LastModifiedDate] = row[SystemFields.SystemModstamp] = SalesforceInstants.Second(now);
        row[SystemFields.CreatedById] = row[SystemFields.LastModifiedById] = user;
        foreach (var (field, value) in values)
        {
            row[schema.Get(field).Index] = value;
        }

        var record = new OrgRow(schema, (string)row[SystemFields.Id]!, new RowState(row, now.UtcTicks));
        Add(record);
        return record;
    }

    /// <summary>The row with this 18-letter id; deleted ones are found too, purged ones are not.</summary>
    public OrgRow? Find(string id) => byId.TryGetValue(id, out var found) && !found.IsPurged ? found : null;

    public OrgRow? FindEvenPurged(string id) => byId.GetValueOrDefault(id);

    /// <summary>Remembers what a row refers to that it did not before. Old references stay listed: whoever asks looks at the row itself.</summary>
    public void Index(OrgRow record, object?[] before)
    {
        foreach (var field in schema.Fields)
        {
            if (!IsIndexed(field) || record[field] is not string value || Equals(FieldValues.Get(before, field), value))
            {
                continue;
            }

            var id = Key(field, value);

            if (!references.TryGetValue((field.Index, id), out var list))
            {
                references[(field.Index, id)] = list = [];
            }

            list.Add(record);
        }
    }

    /// <summary>Whether rows can be found by what they hold in this field.</summary>
    public static bool IsIndexed(FieldDefinition field) => field.Index >= SystemFields.First.Count
        && (field.Type == "reference" || (field.Type == "string" && (field.IsUnique || field.IsExternalId)));

    /// <summary>Rows that hold, or once held, this in an indexed field: the id that they refer to, or their key.</summary>
    public IReadOnlyList<OrgRow> Referring(FieldDefinition field, string value) => references.GetValueOrDefault((field.Index, Key(field, value))) ?? [];

    /// <summary>The live row with this key; keys are compared without regard to case.</summary>
    public OrgRow? Holder(FieldDefinition field, string value) => Referring(field, value)
        .FirstOrDefault(record => !record.IsPurged && !record.IsDeleted && record[field] is string held && string.Equals(held, value, StringComparison.OrdinalIgnoreCase));

    private static string Key(FieldDefinition field, string value) => field.Type == "reference" ? value : value.ToUpperInvariant();

    /// <summary>Live rows that refer to an id now.</summary>
    public IEnumerable<OrgRow> Of(string field, string id)
    {
        var definition = schema.Get(field);
        return Referring(definition, id).Where(record => !record.IsPurged && !record.IsDeleted && record[definition] is string now && now == id).Distinct();
    }
}
