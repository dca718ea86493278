using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Where a v2 list goes on: the last value of the sorting field, and the id for those that share it.</summary>
internal sealed record ListCursor(string Field, bool IsDescending, long Value, long Id)
{
    public static ListCursor After(ItemView view, string field, bool isDescending) => new(field, isDescending, KeyOf(view, field), view.Record.Number);

    /// <summary>What records are ordered by: ticks for an instant.</summary>
    public static long KeyOf(ItemView view, string field) => field switch
    {
        "update_time" => view.UpdateTime.UtcTicks,
        "add_time" => view.Record.AddTime.UtcTicks,
        "due_date" => DateOnly.TryParse(view["due_date"] as string, CultureInfo.InvariantCulture, out var day) ? day.DayNumber : 0,
        "order_nr" => view["order_nr"] as long? ?? 0,
        _ => view.Record.Number,
    };

    public bool IsPassed(ItemView view)
    {
        var order = (KeyOf(view, Field), view.Record.Number).CompareTo((Value, Id));
        return IsDescending ? order < 0 : order > 0;
    }

    public override string ToString()
    {
        JsonNode value = Field is "update_time" or "add_time" ? PipedriveTimes.Seconds(new DateTimeOffset(Value, TimeSpan.Zero)) : Value;
        var json = new JsonObject { ["field"] = Field, ["fieldValue"] = value, ["sortDirection"] = IsDescending ? "desc" : "asc", ["id"] = Id };
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    public static ListCursor Parse(string text)
    {
        try
        {
            var json = JsonNode.Parse(Base64Url.DecodeFromChars(text))!;
            var value = json["fieldValue"]!;
            var key = value.GetValueKind() == JsonValueKind.Number ? value.GetValue<long>() : PipedriveTimes.Strict(value.GetValue<string>())!.Value.UtcTicks;
            return new ListCursor(json["field"]!.GetValue<string>(), json["sortDirection"]!.GetValue<string>() == "desc", key, json["id"]!.GetValue<long>());
        }
        catch (Exception error) when (error is FormatException or JsonException or NullReferenceException or InvalidOperationException)
        {
            throw Refusal.Schema("cursor: Parameter 'cursor' is invalid");
        }
    }
}
