using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>The results and errors of one batch call, and the answer they become.</summary>
internal sealed class BatchAnswer(ApiCall call)
{
    public const int MostInputs = 100;

    private readonly List<JsonObject> results = [];
    private readonly JsonArray errors = [];

    public static IReadOnlyList<JsonObject> Inputs(ApiCall call, int most = MostInputs)
    {
        var array = call.Body["inputs"] as JsonArray ?? throw HubSpotRefusal.Validation("Invalid input: inputs are required");
        var inputs = array.OfType<JsonObject>().ToList();
        return inputs.Count <= most
            ? inputs
            : throw HubSpotRefusal.Validation($"The maximum number of inputs supported in a batch request for object creations or updates is {most}. Requested: {inputs.Count}");
    }

    public static string? TraceId(JsonObject input) => HubSpotJson.Text(input["objectWriteTraceId"]);

    public void Add(JsonObject result, JsonObject? input = null)
    {
        if (input is not null && TraceId(input) is { } trace)
        {
            result["objectWriteTraceId"] = trace;
        }

        results.Add(result);
    }

    public void AddFailure(HubSpotRefusal refusal, string? traceId)
    {
        var error = refusal.ToJson("");
        error.Remove("correlationId");
        if (traceId is not null)
        {
            var context = error["context"] as JsonObject ?? [];
            error.Remove("context");
            context["objectWriteTraceId"] = new JsonArray(traceId);
            error["context"] = context;
        }

        errors.Add(error);
    }

    /// <summary>All missing ids make one error together.</summary>
    public void AddMissing(ObjectType type, IReadOnlyCollection<string> ids, IReadOnlyCollection<string> traceIds)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var context = new JsonObject { ["ids"] = Texts(ids) };
        if (traceIds.Count > 0)
        {
            context["objectWriteTraceId"] = Texts(traceIds);
        }

        errors.Add(new JsonObject
        {
            ["status"] = "error",
            ["category"] = "OBJECT_NOT_FOUND",
            ["message"] = $"Could not get some {type.Singular.ToUpperInvariant()} objects, they may be deleted or not exist. Check that ids are valid.",
            ["context"] = context,
        });
    }

    public ApiReply ToReply(int success)
    {
        var body = new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray([.. InSomeOrder()]) };
        if (errors.Count > 0)
        {
            body["numErrors"] = errors.Count;
            body["errors"] = errors;
        }

        body["startedAt"] = Instants.Format(call.Request.Now);
        body["completedAt"] = Instants.Format(call.Request.Now);
        return new ApiReply(errors.Count > 0 ? 207 : success, body);
    }

    /// <summary>Nobody promises that results come in the order of the inputs.</summary>
    private IEnumerable<JsonNode> InSomeOrder() => call.Portal.Switches.ShuffleBatchResults
        ? results.OrderBy(result => KeyedRandom.Fraction(call.Portal.Seed, $"batch/{call.Request.Now.UtcTicks}/{result["id"]}"))
        : results;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
