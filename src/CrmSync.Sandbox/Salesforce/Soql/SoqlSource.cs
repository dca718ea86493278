using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>What a query may look at: one org, at one instant, with or without what is in the recycle bin.</summary>
internal sealed record SoqlSource(Org Org, DateTimeOffset Now, DateTimeOffset AsOf, bool WithDeleted, string Text)
{
    public object?[]? See(OrgRow record) =>
        record.Seen(AsOf.UtcTicks) is { } values && (WithDeleted || values[SystemFields.IsDeleted] is not true) ? values : null;

    public RecordTable Table(string name, int position) => FieldAccess.Table(Org, name) ?? throw SoqlException.At(
        "INVALID_TYPE", Text, position,
        $"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. "
        + "Please reference your WSDL or the describe call for the appropriate names.");

    public FieldDefinition Field(SObjectSchema schema, string name, int position) => FieldAccess.Find(Org, schema, name) ?? throw SoqlException.At(
        "INVALID_FIELD", Text, position,
        $"No such column '{name}' on entity '{schema.Name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. "
        + "Please reference your WSDL or the describe call for the appropriate names.");

    /// <summary>The field at the end of a path, and how to get its value from a row of the first object.</summary>
    public (FieldDefinition Field, Func<object?[], object?> Read) Resolve(SObjectSchema schema, FieldPath path)
    {
        var parts = path.Parts;
        if (parts.Count > 1 && string.Equals(parts[0], schema.Name, StringComparison.OrdinalIgnoreCase))
        {
            parts = [.. parts.Skip(1)];
        }

        return Resolve(schema, parts, path.Position);
    }

    /// <summary>The row that a reference points at, whatever its object.</summary>
    public (SObjectSchema Schema, object?[] Values)? Follow(FieldDefinition reference, object?[] values) =>
        FieldValues.Get(values, reference) is string id && Org.TableOf(id, reference.ReferenceTo) is { } table && table.Find(id) is { } record
            && record.Seen(AsOf.UtcTicks) is { } seen
            ? (table.Schema, seen)
            : null;

    private (FieldDefinition Field, Func<object?[], object?> Read) Resolve(SObjectSchema schema, IReadOnlyList<string> parts, int position)
    {
        if (parts.Count == 1)
        {
            var field = Field(schema, parts[0], position);
            return (field, values => FieldValues.Get(values, field));
        }

        var reference = schema.Relationship(parts[0]) ?? throw SoqlException.At(
            "INVALID_FIELD", Text, position,
                $"Didn't understand relationship '{parts[0]}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. "
            + "Please reference your WSDL or the describe call for the appropriate names.");
        // A reference to several objects offers what they have in common, which Salesforce calls a Name.
        var target = Table(reference.ReferenceTo.Contains("User") ? "User" : reference.ReferenceTo[^1], position).Schema;
        var (last, _) = Resolve(target, [.. parts.Skip(1)], position);
        var rest = parts.Skip(1).ToList();
        return (last, values => Follow(reference, values) is { } found && (rest.Count > 1 || found.Schema.Find(rest[0]) is not null)
            ? Resolve(found.Schema, rest, position).Read(found.Values)
            : null);
    }
}
