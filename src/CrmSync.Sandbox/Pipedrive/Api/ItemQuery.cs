using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The lists of v2: strict about every parameter, paged by cursor.</summary>
internal static class ItemQuery
{
    private const int MostIds = 100;
    private const int MostCustomFields = 15;

    private static readonly string[] Common = ["limit", "cursor", "sort_by", "sort_direction", "api_token"];
    private static readonly string[] Records = ["filter_id", "ids", "owner_id", "org_id", "updated_since", "updated_until", "include_fields", "custom_fields", "include_option_labels", "include_labels"];

    private static readonly Dictionary<EntityKind, string[]> Parameters = new()
    {
        [EntityKind.Deal] = [.. Records, "person_id", "pipeline_id", "stage_id", "status"],
        [EntityKind.Person] = [.. Records, "deal_id"],
        [EntityKind.Organization] = [.. Records.Where(name => name != "org_id")],
        [EntityKind.Activity] = [.. Records.Except(["custom_fields", "include_option_labels", "include_labels"]), "deal_id", "lead_id", "person_id", "done"],
        [EntityKind.Pipeline] = [],
        [EntityKind.Stage] = ["pipeline_id"],
    };

    private static readonly string[] OfCampaigns = ["marketing_status", "doi_status"];
    private static readonly string[] Links = ["owner_id", "org_id", "person_id", "pipeline_id", "stage_id", "deal_id"];

    public static PipedriveReply List(PipedriveCall call, EntityKind kind, Func<ItemView, bool> isShown)
    {
        Check(call, kind);
        var (limit, isWanted) = (call.Limit(), Filter(call, kind));
        var page = Order(call, kind, Candidates(call, kind).Where(view => isWanted(view) && isShown(view)), limit + 1);
        var shown = page.Views.Take(limit).ToList();
        call.Reads.AddRange(kind == EntityKind.Deal ? shown.Select(view => view.Record.Id) : []);
        var next = page.Views.Count > limit ? ListCursor.After(shown[^1], page.Field, page.IsDescending).ToString() : null;
        return Replies.Page(new JsonArray([.. shown.Select(view => ItemJson.Of(call, view))]), next);
    }

    private static IEnumerable<ItemView> Candidates(PipedriveCall call, EntityKind kind)
    {
        var table = call.Company.Table(kind);
        var linked = call.Request.Parameter("lead_id") is { } lead ? table.Of("lead_id", lead)
            : call.Request.Parameter("deal_id") is { } deal && kind == EntityKind.Activity ? table.Of("deal_id", deal)
            : call.Request.Parameter("person_id") is { } person ? table.Of("person_id", person)
            : null;
        return (linked?.OrderBy(item => item.Number) ?? (IEnumerable<Item>)table.All).Where(item => !item.IsGone && !IsLate(call, item)).Select(item => item.Seen(call.SeenAt)).OfType<ItemView>();
    }

    private static bool IsLate(PipedriveCall call, Item item) =>
        item.Kind == EntityKind.Deal && item["source_lead_id"] is not null && call.Request.Now < item.AddTime.AddSeconds(call.Switches.ConversionLagSeconds);

    private static (List<ItemView> Views, string Field, bool IsDescending) Order(PipedriveCall call, EntityKind kind, IEnumerable<ItemView> views, int most)
    {
        var field = call.Request.Parameter("sort_by") ?? "id";
        var direction = call.Request.Parameter("sort_direction") ?? "asc";
        var isKnown = field is "id" or "update_time" or "add_time" || (field == "order_nr" && kind == EntityKind.Stage) || (field == "due_date" && kind == EntityKind.Activity);
        if (!isKnown || direction is not "asc" and not "desc")
        {
            throw Refusal.Schema(isKnown ? "sort_direction: must be one of [asc, desc]" : $"sort_by: '{field}' is not supported");
        }

        var isDescending = direction == "desc";
        if (call.Request.Parameter("cursor") is { Length: > 0 } text)
        {
            var cursor = ListCursor.Parse(text);
            (field, isDescending) = (cursor.Field, cursor.IsDescending);
            views = views.Where(cursor.IsPassed);
        }

        // Records stand in the order of their ids already; of any other order only the page is worked out.
        var ordered = isDescending ? views.OrderByDescending(Key).Take(most) : field == "id" ? views.Take(most) : views.OrderBy(Key).Take(most);
        return ([.. ordered], field, isDescending);

        (long, long) Key(ItemView view) => (ListCursor.KeyOf(view, field), view.Record.Number);
    }

    private static Func<ItemView, bool> Filter(PipedriveCall call, EntityKind kind)
    {
        var request = call.Request;
        var since = request.Parameter("updated_since") is { } from ? Instant(from, "updated_since") : DateTimeOffset.MinValue;
        var until = request.Parameter("updated_until") is { } to ? Instant(to, "updated_until") : DateTimeOffset.MaxValue;
        var ids = request.Parameter("ids") is null ? null : call.List("ids").ToHashSet(StringComparer.Ordinal);
        var done = request.Parameter("done") is { } flag ? flag is "true" or "1" : (bool?)null;
        var links = Links.Where(link => request.Parameter(link) is not null && !(kind == EntityKind.Person && link == "deal_id"))
            .Select(link => (Field: link, Target: call.Number(link))).ToList();
        return view => view.UpdateTime >= since && view.UpdateTime < until && ids?.Contains(view.Record.Id) != false
            && (done is null || (view["done"] is true) == done)
            && links.TrueForAll(link => view[link.Field] as long? == link.Target);
    }

    /// <summary>The answer to what a company without Campaigns may not ask for is our guess: Pipedrive documents that it may not, and not what it says.</summary>
    public static void CheckIncluded(PipedriveCall call)
    {
        if (!call.Switches.Campaigns && call.List("include_fields").FirstOrDefault(OfCampaigns.Contains) is { } field)
        {
            throw Refusal.Schema($"include_fields: '{field}' is not available");
        }
    }

    private static void Check(PipedriveCall call, EntityKind kind)
    {
        CheckIncluded(call);
        foreach (var name in call.Request.Query.Keys.Where(name => !Common.Contains(name) && !Parameters[kind].Contains(name)))
        {
            throw Refusal.NotAllowed(name);
        }

        if (call.List("ids").Count > MostIds || call.List("custom_fields").Count > MostCustomFields)
        {
            throw Refusal.Schema(call.List("ids").Count > MostIds ? $"ids: must not hold more than {MostIds}" : $"custom_fields: must not hold more than {MostCustomFields}");
        }
    }

    private static DateTimeOffset Instant(string text, string name) => PipedriveTimes.Strict(text)
        ?? throw Refusal.Schema(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not a valid datetime"));
}
