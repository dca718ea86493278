using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Soql;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>Writes rows out: attributes first, then the fields in the order in which they were asked for.</summary>
internal static class RowJson
{
    private static readonly string[] AddressParts = ["City", "Country", "PostalCode", "State", "Street"];

    public static JsonObject Attributes(SObjectSchema schema, string version, string id) => new()
    {
        ["type"] = schema.Name,
        ["url"] = $"/services/data/v{version}/sobjects/{schema.Name}/{id}",
    };

    /// <summary>A row with the fields given, or with all that the caller may see.</summary>
    public static JsonObject Write(RestCall call, OrgRow record, object?[] values, IEnumerable<FieldDefinition> fields)
    {
        var row = new JsonObject { ["attributes"] = Attributes(record.Type, call.Version, record.Id) };
        foreach (var field in fields)
        {
            row[field.Name] = Value(record.Type, field, values);
        }

        call.Show(record);
        return row;
    }

    public static IEnumerable<FieldDefinition> Visible(Org org, SObjectSchema schema) => schema.Fields.Where(field => FieldAccess.MaySee(org, schema, field));

    /// <summary>A row of a query; null when it went away since.</summary>
    public static JsonObject Write(RestCall call, SoqlResult result, OrgRow record)
    {
        var source = result.Source;
        var values = call.See(record) ?? record.State.Values;
        var row = new JsonObject { ["attributes"] = Attributes(record.Type, call.Version, record.Id) };
        foreach (var item in result.Query.Select)
        {
            if (item is SelectItem.Column field)
            {
                Put(call, source, row, record.Type, values, field.Path.Parts);
            }
            else if (item is SelectItem.ChildRows children)
            {
                var (name, body) = Children(call, source, record, children.Query);
                row[name] = body;
            }
        }

        call.Show(record);
        return row;
    }

    public static JsonNode? Value(SObjectSchema schema, FieldDefinition field, object?[] values) =>
        field.Type == "address" ? Address(schema, values) : FieldValues.ToJson(field, FieldValues.Get(values, field));

    /// <summary>A parent's field stands in an object of its own; a parent that is not there is null.</summary>
    private static void Put(RestCall call, SoqlSource source, JsonObject row, SObjectSchema schema, object?[] values, IReadOnlyList<string> parts)
    {
        if (parts.Count > 1 && string.Equals(parts[0], schema.Name, StringComparison.OrdinalIgnoreCase))
        {
            parts = [.. parts.Skip(1)];
        }

        if (parts.Count == 1)
        {
            var field = schema.Get(parts[0]);
            row[field.Name] = Value(schema, field, values);
            return;
        }

        var reference = schema.Relationship(parts[0])!;
        if (source.Follow(reference, values) is not { } parent)
        {
            row[reference.RelationshipName!] = null;
            return;
        }

        if (row[reference.RelationshipName!] is not JsonObject inner)
        {
            row[reference.RelationshipName!] = inner = new JsonObject { ["attributes"] = Attributes(parent.Schema, call.Version, (string)parent.Values[SystemFields.Id]!) };
        }

        if (parts.Count > 2 || parent.Schema.Find(parts[1]) is not null)
        {
            Put(call, source, inner, parent.Schema, parent.Values, [.. parts.Skip(1)]);
        }
    }

    private static (string Name, JsonNode? Body) Children(RestCall call, SoqlSource source, OrgRow parent, ParsedQuery query)
    {
        var (name, table, reference) = ChildRelations.Find(source.Org, parent.Type, query.From)
            ?? throw SoqlException.At("INVALID_FIELD", source.Text, query.FromPosition, $"Didn't understand relationship '{query.From}' in FROM part of query call.");
        var rows = SoqlRunner.Rows(query, source, table, table.Referring(reference, parent.Id))
            .Where(row => FieldValues.Get(row.Values, reference) is string id && id == parent.Id)
            .Skip(query.Offset).Take(query.Limit ?? int.MaxValue).ToList();
        if (rows.Count == 0)
        {
            return (name, null);
        }

        var result = new SoqlResult(query, source, table.Schema, [.. rows.Select(row => row.Record)], rows.Count);
        return (name, new JsonObject
        {
            ["totalSize"] = rows.Count,
            ["done"] = true,
            ["records"] = new JsonArray([.. result.Records.Select(record => (JsonNode)Write(call, result, record))]),
        });
    }

    private static JsonObject? Address(SObjectSchema schema, object?[] values)
    {
        var parts = AddressParts.Select(name => (name, Value: FieldValues.Get(values, schema.Get(name)) as string)).ToList();
        return parts.TrueForAll(part => part.Value is null)
            ? null
            : new JsonObject(parts.Select(part => KeyValuePair.Create(char.ToLowerInvariant(part.name[0]) + part.name[1..], (JsonNode?)part.Value)));
    }
}
