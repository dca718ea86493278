using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Search sees the index, which lags behind, never holds archived records, and gives out the first 10,000 alone.</summary>
internal static class SearchEndpoint
{
    private static readonly string[] TextProperties =
        ["firstname", "lastname", "email", "phone", "company", "name", "domain", "dealname", "hs_task_subject", "hs_note_body"];

    public static ApiReply Search(ApiCall call)
    {
        var type = call.Type();
        var query = SearchQuery.Parse(call, type);
        if (query.After + query.Limit > SearchQuery.MostResults)
        {
            throw HubSpotRefusal.Validation($"Paging past {SearchQuery.MostResults} results of one query is not possible");
        }

        var hits = Sorted(call.Portal, query, Hits(call, type, query));
        var page = hits.Skip(query.After).Take(query.Limit).ToList();
        var properties = query.Properties.Count == 0 ? RecordJson.Defaults(type) : query.Properties;
        var body = new JsonObject
        {
            ["total"] = hits.Count,
            ["results"] = new JsonArray([.. page.Select(hit => (JsonNode)RecordJson.Write(call.Portal, hit.Record, hit.State, properties))]),
        };
        var next = query.After + page.Count;
        if (page.Count > 0 && next < hits.Count)
        {
            body["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = next.ToString(CultureInfo.InvariantCulture) } };
        }

        return ApiReply.Ok(body);
    }

    private static List<Hit> Hits(ApiCall call, ObjectType type, SearchQuery query)
    {
        var hits = new List<Hit>();
        foreach (var (record, state) in Candidates(call, type, query))
        {
            var isWanted = query.Groups.Count == 0 || query.Groups.Any(group => group.All(filter => filter.Matches(record, state)));
            if (isWanted && (string.IsNullOrEmpty(query.Text) || HasText(state, query.Text)))
            {
                hits.Add(new Hit(record, state));
            }
        }

        return hits;
    }

    private static IEnumerable<(HubSpotRecord Record, RecordState State)> Candidates(ApiCall call, ObjectType type, SearchQuery query)
    {
        var nowTicks = (call.Request.Now - call.Request.Staleness).UtcTicks;
        var table = call.Portal.Table(type);
        long? since = query.Groups.Count == 0 ? null : query.Groups.Min(group => group.Max(filter => filter.ModifiedSince(type)) ?? long.MinValue);
        if (since is null or long.MinValue)
        {
            foreach (var record in table.All)
            {
                NoteLag(call, record, nowTicks);
                if (Visible(record, nowTicks) is { } state)
                {
                    yield return (record, state);
                }
            }

            yield break;
        }

        foreach (var (ticks, record) in table.Journal.Since(since.Value))
        {
            NoteLag(call, record, nowTicks);
            // A record is in the journal once for each change; the entry that counts is that of the state which search shows.
            if (Visible(record, nowTicks) is { } state && state.UpdatedTicks == ticks)
            {
                yield return (record, state);
            }
        }
    }

    private static void NoteLag(ApiCall call, HubSpotRecord record, long nowTicks)
    {
        if (!record.IsGone && record.State.UpdatedTicks <= nowTicks && record.State.IndexedTicks > nowTicks)
        {
            call.Miss(record.State);
        }
    }

    private static RecordState? Visible(HubSpotRecord record, long nowTicks) =>
        !record.IsGone && record.Indexed(nowTicks) is { IsArchived: false } state ? record.State.IsArchived ? null : state : null;

    private static bool HasText(RecordState state, string text) =>
        TextProperties.Any(property => state.Values.Get(property)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);

    private static List<Hit> Sorted(Portal portal, SearchQuery query, List<Hit> hits)
    {
        Func<Hit, Hit, int> compare = query.SortProperty switch
        {
            null or "hs_object_id" or "createdate" => (left, right) => left.Record.Id.CompareTo(right.Record.Id),
            "lastmodifieddate" or "hs_lastmodifieddate" => (left, right) => left.State.UpdatedTicks.CompareTo(right.State.UpdatedTicks),
            var property => new ValueOrder(portal, property).Compare,
        };
        var sign = query.IsDescending ? -1 : 1;
        int Order(Hit left, Hit right)
        {
            var result = compare(left, right) * sign;
            return result != 0 ? result : left.Record.Id.CompareTo(right.Record.Id);
        }

        // Records mostly come in the order that is asked for, and sorting a million again for each page would be felt.
        for (var index = 1; index < hits.Count; index++)
        {
            if (Order(hits[index - 1], hits[index]) > 0)
            {
                hits.Sort(Order);
                break;
            }
        }

        return hits;
    }

    private readonly record struct Hit(HubSpotRecord Record, RecordState State);

    private sealed class ValueOrder(Portal portal, string property)
    {
        private static decimal Number(string text) => decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

        public int Compare(Hit left, Hit right)
        {
            var definition = portal.Schema(left.Record.Type).Find(property)!;
            var first = RecordReader.Read(portal, left.Record, left.State, property);
            var second = RecordReader.Read(portal, right.Record, right.State, property);
            if (first is null || second is null)
            {
                return (first is null ? 0 : 1) - (second is null ? 0 : 1);
            }

            return definition.Type == "number" ? Number(first).CompareTo(Number(second)) : string.CompareOrdinal(first, second);
        }
    }
}
