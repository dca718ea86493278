using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Searching by text: names, addresses and text-like custom fields; never the choice of a list.</summary>
internal static class SearchEndpoints
{
    private const int FewestLetters = 2;

    private static readonly string[] Searched = ["title", "name", "origin_id"];

    public static Func<PipedriveCall, PipedriveReply> Of(EntityKind kind) => call =>
    {
        var term = call.Request.Parameter("term") ?? throw Refusal.Schema("term: Parameter 'term' is required");
        var isExact = call.Request.Parameter("exact_match") == "true";
        if (term.Length < (isExact ? 1 : FewestLetters))
        {
            throw Refusal.Schema("term: must have at least 2 characters");
        }

        var start = call.Request.Parameter("cursor") is { Length: > 0 } cursor ? int.TryParse(cursor, out var number) ? number : throw Refusal.Schema("cursor: is invalid") : 0;
        var found = call.Company.Table(kind).All.Where(item => !item.IsDeleted && Texts(call.Company, item).Any(Matches)).ToList();
        var limit = call.Limit();
        var items = found.Skip(start).Take(limit).Select(item => (JsonNode)new JsonObject { ["result_score"] = isExact ? 1.0 : 0.5, ["item"] = Json(item) });
        return new PipedriveReply(200, new JsonObject
        {
            ["success"] = true,
            ["data"] = new JsonObject { ["items"] = new JsonArray([.. items]) },
            ["additional_data"] = new JsonObject { ["next_cursor"] = start + limit < found.Count ? (start + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : null },
        });

        bool Matches(string text) => isExact ? text.Equals(term, StringComparison.OrdinalIgnoreCase) : text.Contains(term, StringComparison.OrdinalIgnoreCase);
    };

    private static IEnumerable<string> Texts(PipedriveCompany company, Item item) => Searched.Select(item.Text).OfType<string>()
        .Concat((item["emails"] as JsonArray ?? []).Concat(item["phones"] as JsonArray ?? []).Select(contact => contact!["value"]!.GetValue<string>()))
        .Concat(company.Fields.Custom(item.Kind).Where(field => field.Kind is "varchar" or "text" or "varchar_auto" or "phone").Select(field => item.Text(field.Code)).OfType<string>());

    private static JsonObject Json(Item item)
    {
        var json = new JsonObject
        {
            ["id"] = item.Kind == EntityKind.Lead ? item.Id : item.Number,
            ["type"] = item.Kind.Name,
        };
        foreach (var name in Searched.Where(name => item.Text(name) is not null && name != "origin_id"))
        {
            json[name] = item.Text(name);
        }

        json["owner"] = item.Long("owner_id") is { } owner ? new JsonObject { ["id"] = owner } : null;
        if (item.Kind == EntityKind.Lead)
        {
            json["is_archived"] = item.Flag("is_archived");
        }

        return json;
    }
}
