using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The options of the customer's own lists: all of a call or none, and only those touched in the answer.</summary>
internal static class OptionEndpoints
{
    public static Func<PipedriveCall, PipedriveReply> Add(EntityKind kind) => call =>
    {
        var field = Field(call, kind);
        var check = new ValueCheck(call.Company, isLenient: false);
        var labels = call.BodyArray.Select(option => FieldEndpoints.Label(option, check)).ToList();
        var made = labels.Select(label => call.Company.Fields.NewOption(label, call.Request.Now)).ToList();
        return Keep(call, kind, field, [.. field.Options, .. made], made);
    };

    public static Func<PipedriveCall, PipedriveReply> Rename(EntityKind kind) => call =>
    {
        var field = Field(call, kind);
        var check = new ValueCheck(call.Company, isLenient: false);
        var renamed = call.BodyArray.Select(item => Known(field, item, check) with { Label = FieldEndpoints.Name(item!["label"], "label", check) }).ToList();
        return Keep(call, kind, field, [.. field.Options.Select(option => renamed.Find(changed => changed.Id == option.Id) ?? option)], renamed);
    };

    /// <summary>Records keep the id of an option that is gone.</summary>
    public static Func<PipedriveCall, PipedriveReply> Remove(EntityKind kind) => call =>
    {
        var field = Field(call, kind);
        var gone = call.BodyArray.Select(item => Known(field, item, new ValueCheck(call.Company, isLenient: false))).ToList();
        return Keep(call, kind, field, [.. field.Options.Where(option => !gone.Exists(one => one.Id == option.Id))], gone);
    };

    private static FieldDefinition Field(PipedriveCall call, EntityKind kind)
    {
        FieldEndpoints.RequireAdmin(call);
        return FieldEndpoints.Custom(call, kind) is { HasOptions: true } field ? field : throw Refusal.Schema("field_code: the field has no options");
    }

    private static FieldOption Known(FieldDefinition field, JsonNode? item, ValueCheck check) =>
        item?["id"] is { } id && field.Option(check.Whole(id, "id")) is { } option ? option : throw Refusal.Schema("id: Parameter 'id' is the id of no option");

    private static PipedriveReply Keep(PipedriveCall call, EntityKind kind, FieldDefinition field, IReadOnlyList<FieldOption> options, List<FieldOption> touched)
    {
        call.Company.Fields.Replace(kind, field with { Options = options });
        return Replies.DataWithNothingMore(new JsonArray([.. touched.Select(option => (JsonNode)new JsonObject { ["id"] = option.Id, ["label"] = option.Label })]));
    }
}
