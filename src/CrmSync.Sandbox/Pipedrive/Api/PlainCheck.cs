using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Checks single values: texts, numbers and flags.</summary>
internal class PlainCheck(bool isLenient)
{
    protected bool IsLenient => isLenient;

    public Refusal Fail(string path, string problem) => isLenient ? Refusal.Generic(400, $"{path}: {problem}") : Refusal.Schema($"{path}: Parameter '{path}' {problem}");

    public string Text(JsonNode value, string path, int longest)
    {
        if (value is not JsonValue || value.GetValueKind() != JsonValueKind.String)
        {
            // More nesting than a value has is the one mistake that the real API answers with an error of its own.
            throw value is JsonObject && !isLenient ? Refusal.Unknown() : Fail(path, "must be a string");
        }

        var text = value.GetValue<string>();
        return text.Length <= longest ? text : throw Fail(path, $"must not be longer than {longest} characters");
    }

    public bool Flag(JsonNode value, string path) => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fail(path, "must be a boolean"),
    };

    public long Whole(JsonNode value, string path) => value.GetValueKind() switch
    {
        JsonValueKind.Number when Number(value, path) is var number && number == Math.Floor(number) => (long)number,
        JsonValueKind.String when isLenient && long.TryParse(value.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Fail(path, "must be a number"),
    };

    protected double Number(JsonNode value, string path) => value.GetValueKind() switch
    {
        JsonValueKind.Number => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.String when isLenient && double.TryParse(value.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Fail(path, "must be a number"),
    };
}
