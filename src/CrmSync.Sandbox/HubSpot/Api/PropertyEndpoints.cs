using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Reading, making and changing properties and their groups.</summary>
internal static partial class PropertyEndpoints
{
    private const int MostUnique = 10;

    public static ApiReply List(ApiCall call) => ApiReply.Ok(new JsonObject
    {
        ["results"] = new JsonArray([.. call.Portal.Schema(call.Type()).Properties.Select(property => (JsonNode)PropertyJson.Write(property))]),
    });

    public static ApiReply Get(ApiCall call) => ApiReply.Ok(PropertyJson.Write(Find(call)));

    public static ApiReply Create(ApiCall call) => ApiReply.Created(PropertyJson.Write(Create(call, call.Body)));

    public static ApiReply CreateBatch(ApiCall call)
    {
        var answer = new BatchAnswer(call);
        foreach (var input in BatchAnswer.Inputs(call))
        {
            BatchEndpoints.Try(answer, input, isPartial: true, () => answer.Add(PropertyJson.Write(Create(call, input))));
        }

        return answer.ToReply(201);
    }

    public static ApiReply ReadBatch(ApiCall call)
    {
        var schema = call.Portal.Schema(call.Type());
        var names = BatchAnswer.Inputs(call).Select(input => HubSpotJson.Text(input["name"]) ?? "").ToList();
        var answer = new BatchAnswer(call);
        foreach (var found in names.Select(schema.Find).OfType<PropertyDefinition>())
        {
            answer.Add(PropertyJson.Write(found));
        }

        foreach (var missing in names.Where(name => schema.Find(name) is null))
        {
            answer.AddFailure(new HubSpotRefusal(404, $"Property {missing} does not exist", "OBJECT_NOT_FOUND"), null);
        }

        return answer.ToReply(200);
    }

    public static ApiReply Update(ApiCall call)
    {
        var old = Find(call);
        var isOptionsChange = call.Body.ContainsKey("options");
        if (old.IsHubSpotDefined && (old.HasExternalOptions || old.IsReadOnly))
        {
            throw HubSpotRefusal.Validation($"The definition of {old.Name} is read only");
        }

        var options = isOptionsChange ? PropertyJson.ReadOptions(call.Body["options"]) : old.Options;
        if (isOptionsChange && !call.Portal.Switches.OptionsReplaced)
        {
            options = [.. options, .. old.Options.Where(kept => options.All(option => option.Value != kept.Value))];
        }

        var changed = old with
        {
            Label = HubSpotJson.Text(call.Body["label"]) ?? old.Label,
            Description = HubSpotJson.Text(call.Body["description"]) ?? old.Description,
            GroupName = HubSpotJson.Text(call.Body["groupName"]) ?? old.GroupName,
            FieldType = HubSpotJson.Text(call.Body["fieldType"]) ?? old.FieldType,
            Options = options,
        };
        call.Portal.Schema(call.Type()).Put(changed);
        return ApiReply.Ok(PropertyJson.Write(changed));
    }

    public static ApiReply Archive(ApiCall call)
    {
        var property = Find(call);
        if (property.IsHubSpotDefined)
        {
            throw HubSpotRefusal.Validation($"{property.Name} is defined by HubSpot and cannot be deleted");
        }

        call.Portal.Schema(call.Type()).Put(property with { IsArchived = true });
        return ApiReply.NoContent;
    }

    public static ApiReply ArchiveBatch(ApiCall call)
    {
        var schema = call.Portal.Schema(call.Type());
        foreach (var property in BatchAnswer.Inputs(call).Select(input => schema.Find(HubSpotJson.Text(input["name"]) ?? "")).OfType<PropertyDefinition>())
        {
            if (!property.IsHubSpotDefined)
            {
                schema.Put(property with { IsArchived = true });
            }
        }

        return ApiReply.NoContent;
    }

    private static PropertyDefinition Create(ApiCall call, JsonObject input)
    {
        var schema = call.Portal.Schema(call.Type());
        var property = PropertyJson.Read(input, call.Request.Now);
        if (!Name().IsMatch(property.Name))
        {
            throw HubSpotRefusal.Validation("Property names begin with a letter and hold lower-case letters, digits and underscores");
        }

        if (schema.Find(property.Name) is not null)
        {
            throw new HubSpotRefusal(409, $"A property named '{property.Name}' already exists.", "CONFLICT")
            {
                SubCategory = "Properties.PROPERTY_EXISTS",
            };
        }

        if (schema.FindGroup(property.GroupName) is null)
        {
            throw HubSpotRefusal.Validation($"Property group {property.GroupName} does not exist");
        }

        if (property.HasUniqueValue && schema.Properties.Count(known => known is { HasUniqueValue: true, IsHubSpotDefined: false }) >= MostUnique)
        {
            throw HubSpotRefusal.Validation($"An object has at most {MostUnique} unique properties");
        }

        if (property.HasUniqueValue && schema.Type.IsActivity && !call.Portal.Switches.UniqueActivityProperties)
        {
            throw HubSpotRefusal.Validation($"{schema.Type.Plural} cannot have unique properties");
        }

        schema.Put(property);
        return property;
    }

    private static PropertyDefinition Find(ApiCall call) => call.Portal.Schema(call.Type()).Find(call["name"])
        ?? throw new HubSpotRefusal(404, $"Property {call["name"]} does not exist", "OBJECT_NOT_FOUND");

    [GeneratedRegex("^[a-z][a-z0-9_]{0,99}$")]
    private static partial Regex Name();
}
