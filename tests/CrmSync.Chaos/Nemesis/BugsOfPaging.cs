using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Adapters;
using CrmSync.Chaos.Rigging;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Rows that fall between two pages, or between two polls. The poll alone could find them.</summary>
internal static class BugsOfPaging
{
    /// <summary>How far a round looks back behind the place that the one before reached.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(300);

    public static IEnumerable<PlantedBug> All =>
    [
        new("the first row of each page is left out", ["every-change-looked-at", "cursor-behind"])
        {
            Webhooks = false,
            Adapter = (_, inner) => Polled(inner, (_, page) => page.Records.Skip(1)),
        },
        new("later than the place instead of from it on", ["every-change-looked-at", "cursor-behind"])
        {
            Crm = "hubspot", Webhooks = false, Sweeps = false, PageSize = 4, InCrowds = true,
            Adapter = (_, inner) => Polled(inner, (position, page) => page.Records.Where(r => InstantOf(r) != LowerBound(position))),
        },
        new("the next page is asked for by a number of rows", ["every-change-looked-at", "cursor-behind"])
        {
            Crm = "hubspot", Webhooks = false, Sweeps = false, PageSize = 4, InCrowds = true, Restless = true,
            Wire = (_, inner) => new ByNumber(inner),
        },
    ];

    private static ICrmAdapter Polled(ICrmAdapter inner, Func<string, ChangePage, IEnumerable<ChangedRecord>> kept) => Twist.Of(inner,
        (nameof(ICrmAdapter.PollAsync), (args, call) => KeptAsync((string)args[1]!, (Task<ChangePage>)call(args)!, kept)));

    private static async Task<ChangePage> KeptAsync(string position, Task<ChangePage> polling, Func<string, ChangePage, IEnumerable<ChangedRecord>> kept)
    {
        var page = await polling;
        return page with { Records = [.. kept(position, page)] };
    }

    /// <summary>The instant from which a page is asked: where the round stands, or where it begins.</summary>
    private static DateTimeOffset LowerBound(string position)
    {
        var place = JsonNode.Parse(position)!;
        return place["round"]?["key"] is { } key
            ? DateTimeOffset.FromUnixTimeMilliseconds(key.GetValue<long>())
            : DateTimeOffset.FromUnixTimeMilliseconds(place["seen"]!.GetValue<long>()) - Overlap;
    }

    private static DateTimeOffset InstantOf(ChangedRecord record) =>
        DateTimeOffset.Parse(record.Delivery[(record.Delivery.IndexOf('@', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Goes on with the search of the first page and the number of rows that were seen, as the answer offers it.</summary>
    private sealed class ByNumber(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly Dictionary<string, (string First, string Next)> _rounds = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (!path.EndsWith("/search", StringComparison.Ordinal))
                return await base.SendAsync(request, cancellationToken);
            var first = await request.Content!.ReadAsStringAsync(cancellationToken);
            if (_rounds.TryGetValue(path, out var round))
            {
                var further = JsonNode.Parse(first = round.First)!;
                further["after"] = round.Next;
                request.Content = new StringContent(further.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
            }
            var response = await base.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                return response;
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            _rounds.Remove(path);
            if (JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))?["paging"]?["next"]?["after"] is { } next)
                _rounds[path] = (first, next.GetValue<string>());
            return response;
        }
    }
}
