using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Checks and keeps the values of a write. v2 takes no text for a number; leads, as all of v1, do.</summary>
internal sealed class ValueCheck(PipedriveCompany company, bool isLenient) : PlainCheck(isLenient)
{
    private const int LongestName = 255;
    private const int LongestText = 65_000;

    /// <summary>The value to keep; null for one that empties the field.</summary>
    public object? Read(FieldDefinition field, JsonNode? value, string path)
    {
        if (value is null)
        {
            return field.IsNullable ? null : throw Fail(path, "must not be null");
        }

        return field.Kind switch
        {
            "str" or "varchar" or "varchar_auto" or "phone" or "marketing" => Text(value, path, LongestName),
            "text" => Text(value, path, LongestText),
            "lead" => Lead(value, path),
            "date" => Checked(value, path, PipedriveTimes.IsDay, "must be a valid date"),
            "time" when field.IsCustom => Parts(value, path, "value"),
            "time" => Time(value, path),
            "stamp" or "v1stamp" => PipedriveTimes.Lenient(Text(value, path, LongestName)) ?? throw Fail(path, "must be a valid datetime"),
            "bool" => Flag(value, path),
            "flag" => Whole(value, path) is 0 or 1 ? Whole(value, path) : throw Fail(path, "must be one of [0, 1]"),
            "num" or "double" => Number(value, path),
            "visible" => Visible(value, path),
            "status" => Checked(value, path, text => text is "open" or "won" or "lost", "must be one of [open, won, lost]"),
            "enum" => Option(field, Whole(value, path), path),
            "set" => Set(field, value, path),
            "ids" => Items(value, path).Select(item => Whole(item, path)).ToList(),
            "uuids" => Items(value, path).Select(item => Label(item, path)).ToList(),
            "contacts" => new ContactCheck(this).Read(value, path),
            "address" when value is JsonObject => value.DeepClone(),
            "participants" or "attendees" => new JsonArray([.. Items(value, path).Select(item => item is JsonObject ? item.DeepClone() : throw Fail(path, "must be an object"))]),
            "money" => Money(value, path),
            "monetary" or "daterange" or "timerange" or "address" => Parts(value, path, "value"),
            "user" => Reference(Whole(value, path), id => company.UserOf(id) is not null, path),
            "person" or "people" => Reference(Whole(value, path), id => Exists(EntityKind.Person, id), path),
            "org" => Reference(Whole(value, path), id => Exists(EntityKind.Organization, id), path),
            "deal" => Reference(Whole(value, path), id => Exists(EntityKind.Deal, id), path),
            "stage" => Reference(Whole(value, path), id => Exists(EntityKind.Stage, id), path),
            "pipeline" => Reference(Whole(value, path), id => Exists(EntityKind.Pipeline, id), path),
            _ => Whole(value, path),
        };
    }

    private string Checked(JsonNode value, string path, Func<string, bool> isGood, string problem) =>
        Text(value, path, LongestName) is var text && isGood(text) ? text : throw Fail(path, problem);

    private string Time(JsonNode value, string path)
    {
        var text = Checked(value, path, PipedriveTimes.IsTime, "must be a valid time");
        return text.Length == 5 ? text + ":00" : text;
    }

    /// <summary>Leads write it as a text, all else as a number.</summary>
    private long Visible(JsonNode value, string path) =>
        (IsLenient ? value.GetValueKind() == JsonValueKind.String ? Whole(value, path) : 0 : Whole(value, path)) is var number and (1 or 3 or 5 or 7)
            ? number : throw Fail(path, "must be one of [1, 3, 5, 7]");

    private long Option(FieldDefinition field, long id, string path) => field.Option(id) is not null ? id : throw Fail(path, $"has no option {id} in field {field.Code}");

    private List<long> Set(FieldDefinition field, JsonNode value, string path)
    {
        var ids = Items(value, path).Select(item => Option(field, Whole(item, path), path)).ToList();
        return ids.Count > 0 ? ids : throw Fail(path, "must not be empty; send null");
    }

    private string Label(JsonNode value, string path)
    {
        var id = Text(value, path, LongestName);
        return company.Labels.Any(label => label.Id == id) ? id : throw Fail(path, "holds a label that does not exist");
    }

    private string Lead(JsonNode value, string path)
    {
        var id = Text(value, path, LongestName);
        return company.Table(EntityKind.Lead).Live(id) is not null ? id : throw Fail(path, "is the id of no lead");
    }

    private JsonObject Money(JsonNode value, string path) =>
        value is JsonObject { Count: 2 } parts && parts["amount"] is { } amount && parts["currency"] is { } currency
            ? new JsonObject { ["amount"] = Number(amount, path), ["currency"] = Text(currency, path, 3) }
            : throw Fail(path, "must have amount and currency");

    private JsonNode Parts(JsonNode value, string path, string needed) => value is JsonObject parts && parts[needed] is not null ? parts.DeepClone() : throw Fail(path, $"must have {needed}");

    private IEnumerable<JsonNode> Items(JsonNode value, string path) => value is JsonArray items ? items.Select(item => item ?? throw Fail(path, "must not hold null")) : throw Fail(path, "must be an array");

    private bool Exists(EntityKind kind, long id) => company.Table(kind).Find(id) is { IsDeleted: false };

    private long Reference(long id, Func<long, bool> exists, string path) => exists(id) ? id : throw Fail(path, "is the id of nothing that exists");
}
