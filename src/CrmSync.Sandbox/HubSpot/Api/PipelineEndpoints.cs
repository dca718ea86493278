using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Pipelines of deals, and the lifecycle of contacts seen as one.</summary>
internal static class PipelineEndpoints
{
    public static ApiReply List(ApiCall call) => ApiReply.Ok(new JsonObject
    {
        ["results"] = new JsonArray([.. All(call).Select(pipeline => (JsonNode)Write(pipeline))]),
    });

    public static ApiReply Get(ApiCall call) => ApiReply.Ok(Write(Find(call)));

    public static ApiReply Stages(ApiCall call) => ApiReply.Ok(new JsonObject
    {
        ["results"] = new JsonArray([.. Find(call).Stages.Select(stage => (JsonNode)Write(stage))]),
    });

    public static ApiReply GetStage(ApiCall call) =>
        ApiReply.Ok(Write(Find(call).Stages.FirstOrDefault(stage => stage.Id == call["stage"]) ?? throw HubSpotRefusal.NotFound()));

    /// <summary>A new lifecycle stage gets a number for its value; that this works at all is known from integrations alone, hence the switch.</summary>
    public static ApiReply CreateStage(ApiCall call)
    {
        var pipeline = Find(call);
        var label = HubSpotJson.Text(call.Body["label"]) ?? throw HubSpotRefusal.Validation("Invalid input JSON: some required fields were not set: [label]");
        if (pipeline.Stages.Any(stage => stage.Label == label))
        {
            throw new HubSpotRefusal(409, $"A stage with the label '{label}' already exists.", "CONFLICT");
        }

        var order = int.TryParse(HubSpotJson.Text(call.Body["displayOrder"]), out var parsed) ? parsed : pipeline.Stages.Count;
        var id = LifecycleStages.CustomValue(call.Portal.Seed, $"{call.Portal.Id}/{label}");
        if (pipeline.Id == LifecycleStages.ContactsPipeline)
        {
            LifecycleEditing.AddStage(call.Portal, new PropertyOption(id, label, order));
            return ApiReply.Created(Write(new PipelineStage(id, label, order, "")));
        }

        var added = new PipelineStage(id, label, order, HubSpotJson.Text(call.Body["metadata"]?["probability"]) ?? "0.5");
        IReadOnlyList<PipelineStage> stages = [.. pipeline.Stages.Append(added).OrderBy(stage => stage.DisplayOrder)];
        call.Portal.Pipelines[call.Portal.Pipelines.IndexOf(pipeline)] = pipeline with { Stages = stages };
        var deals = call.Portal.Schema(ObjectType.Deal);
        deals.Put(deals.Find("dealstage")! with { Options = PortalSchemas.DealStages(call.Portal.Pipelines) });
        return ApiReply.Created(Write(added));
    }

    private static List<Pipeline> All(ApiCall call)
    {
        var type = call.Type();
        if (type == ObjectType.Deal)
        {
            return call.Portal.Pipelines;
        }

        if (type != ObjectType.Contact || !call.Portal.Switches.ContactsPipeline)
        {
            throw new HubSpotRefusal(400, $"{type.Plural} do not support pipelines", "VALIDATION_ERROR");
        }

        var lifecycle = call.Portal.Schema(type).Find(LifecycleStages.Property)!;
        return [new Pipeline(LifecycleStages.ContactsPipeline, "Lifecycle Stage Pipeline", 0,
            [.. lifecycle.Options.Select(option => new PipelineStage(option.Value, option.Label, option.DisplayOrder, ""))])];
    }

    private static Pipeline Find(ApiCall call) => All(call).FirstOrDefault(pipeline => pipeline.Id == call["pipeline"]) ?? throw HubSpotRefusal.NotFound();

    private static JsonObject Write(Pipeline pipeline) => new()
    {
        ["label"] = pipeline.Label,
        ["displayOrder"] = pipeline.DisplayOrder,
        ["id"] = pipeline.Id,
        ["stages"] = new JsonArray([.. pipeline.Stages.Select(stage => (JsonNode)Write(stage))]),
        ["createdAt"] = "2024-02-01T09:00:00Z",
        ["updatedAt"] = "2024-02-01T09:00:00Z",
        ["archived"] = false,
    };

    private static JsonObject Write(PipelineStage stage) => new()
    {
        ["label"] = stage.Label,
        ["displayOrder"] = stage.DisplayOrder,
        ["metadata"] = stage.Probability.Length == 0
            ? new JsonObject { ["isClosed"] = "false", ["state"] = "OPEN" }
            : new JsonObject { ["isClosed"] = stage.IsWon || stage.IsLost ? "true" : "false", ["probability"] = stage.Probability },
        ["id"] = stage.Id,
        ["createdAt"] = "2024-02-01T09:00:00Z",
        ["updatedAt"] = "2024-02-01T09:00:00Z",
        ["archived"] = false,
        ["writePermissions"] = "CRM_PERMISSIONS_ENFORCEMENT",
    };
}
