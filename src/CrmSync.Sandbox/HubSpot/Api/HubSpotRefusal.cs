using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>An error answer of HubSpot on its way to the client.</summary>
internal sealed class HubSpotRefusal(int status, string message, string? category = null) : Exception(message)
{
    public int Status => status;

    public string? Category => category;

    public string? SubCategory { get; init; }

    public JsonArray? Errors { get; init; }

    public JsonObject? Context { get; init; }

    public JsonObject? Links { get; init; }

    public static HubSpotRefusal Validation(string message) => new(400, message, "VALIDATION_ERROR");

    public static HubSpotRefusal NotFound() => new(404, "resource not found");

    /// <summary>The message holds the problems once more, as JSON in text.</summary>
    public static HubSpotRefusal InvalidValues(long portalId, IReadOnlyList<ValueProblem> problems)
    {
        var listed = new JsonArray([.. problems.Select(problem => (JsonNode)new JsonObject
        {
            ["isValid"] = false,
            ["message"] = problem.Message,
            ["error"] = problem.Code,
            ["name"] = problem.Property,
            ["localizedErrorMessage"] = problem.Message,
            ["portalId"] = portalId,
        })]);
        return new(400, "Property values were not valid: " + listed.ToJsonString(HubSpotWire.Options), "VALIDATION_ERROR")
        {
            Errors = new JsonArray([.. problems.Select(problem => (JsonNode)new JsonObject
            {
                ["message"] = problem.Message,
                ["code"] = problem.Code,
                ["context"] = new JsonObject { ["propertyName"] = new JsonArray(problem.Property) },
            })]),
        };
    }

    /// <summary>The body, with its keys in the order in which HubSpot sends them.</summary>
    public JsonObject ToJson(string correlationId)
    {
        var body = new JsonObject { ["status"] = "error", ["message"] = Message, ["correlationId"] = correlationId };
        Add(body, "context", Context);
        Add(body, "errors", Errors);
        Add(body, "links", Links);
        Add(body, "category", category);
        Add(body, "subCategory", SubCategory);
        return body;
    }

    private static void Add(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value.DeepClone();
        }
    }
}
