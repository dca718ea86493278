using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.PubSub.Wire;
using Grpc.Core;

namespace CrmSync.Tests.Sandbox.Salesforce;

public sealed class StreamTests
{
    private const int Update = 1;
    private const int GapUpdate = 5;

    [Fact]
    public async Task A_change_is_told_with_a_map_of_the_fields_that_it_changed()
    {
        await using var bench = await StreamBench.StartAsync();
        var id = bench.Org.Lead("a", lead => lead with { Phone = "12" });
        await bench.Org.PatchAsync($"sobjects/Lead/{id}", new { Title = "CEO", FirstName = "Maja", Phone = (string?)null }, ("Sforce-Call-Options", "client=crmsync"));

        var heads = await StreamBench.ReadAsync(await bench.SubscribeAsync(10), 2);

        Assert.Equal((id, Update, "com/salesforce/api/rest/68.0;client=crmsync"), (Assert.Single(heads[1].Ids), heads[1].Kind, heads[1].Origin));
        var schema = JsonNode.Parse((await bench.Client.GetSchemaAsync(new SchemaRequest { SchemaId = heads[1].SchemaId }, bench.Headers)).SchemaJson)!;
        Assert.Equal(["LastModifiedById", "LastModifiedDate", "Name.FirstName", "Phone", "Title"], Names(schema, heads[1].Changed).Order(StringComparer.Ordinal));
        Assert.Equal(["Phone"], Names(schema, heads[1].Nulled));
        Assert.Equal(OrgBench.Start.ToUnixTimeMilliseconds(), heads[1].At);
    }

    [Fact]
    public async Task A_transaction_tells_of_a_record_once_and_in_order()
    {
        await using var bench = await StreamBench.StartAsync();
        bench.Org.Lead("a");
        bench.Org.Act("a", "convert");

        var heads = await StreamBench.ReadAsync(await bench.SubscribeAsync(10, topic: "/data/ChangeEvents"), 5);

        Assert.Equal(["Lead", "Account", "Contact", "Opportunity", "Lead"], heads.Select(head => head.Entity));
        Assert.Equal([1, 2, 3, 4], heads.Skip(1).Select(head => head.Sequence));
        Assert.Single(heads.Skip(1).Select(head => head.Transaction).Distinct());
    }

    [Fact]
    public async Task No_more_is_sent_than_was_asked_for()
    {
        await using var bench = await StreamBench.StartAsync();
        var ids = Enumerable.Range(0, 5).Select(number => bench.Org.Lead($"k{number}")).ToList();
        using var call = await bench.SubscribeAsync(2);

        var first = await StreamBench.ReadAsync(call, 2);
        await call.RequestStream.WriteAsync(new FetchRequest { TopicName = StreamBench.Topic, NumRequested = 3 }, OrgBench.Stop);
        var rest = await StreamBench.ReadAsync(call, 3);

        Assert.Equal(ids, first.Concat(rest).SelectMany(head => head.Ids));
        Assert.Equal(0, call.ResponseStream.Current.PendingNumRequested);
    }

    [Fact]
    public async Task A_subscription_goes_on_after_a_place_and_hears_what_comes_later()
    {
        await using var bench = await StreamBench.StartAsync();
        bench.Org.Lead("a");
        var place = (await StreamBench.ReadAsync(await bench.SubscribeAsync(1), 1))[0].Replay;
        using var call = await bench.SubscribeAsync(5, place);

        var b = bench.Org.Lead("b");

        Assert.Equal([b], (await StreamBench.ReadAsync(call, 1))[0].Ids);
    }

    [Fact]
    public async Task A_quiet_stream_says_so_and_moves_on()
    {
        await using var bench = await StreamBench.StartAsync();
        using var call = await bench.SubscribeAsync(5);
        var silence = call.ResponseStream.MoveNext(OrgBench.Stop);
        while (!silence.IsCompleted)
        {
            bench.Org.Clock.Advance(TimeSpan.FromSeconds(90));
            await Task.WhenAny(silence, Task.Delay(20, OrgBench.Stop));
        }

        Assert.Empty(call.ResponseStream.Current.Events);
        Assert.True(string.CompareOrdinal(Convert.ToHexString(call.ResponseStream.Current.LatestReplayId.Span),
            Convert.ToHexString(StreamBench.Replay(OrgBench.Start.ToUnixTimeMilliseconds()).Span)) > 0);
    }

    [Fact]
    public async Task A_place_older_than_three_days_is_refused()
    {
        await using var bench = await StreamBench.StartAsync();
        bench.Org.Lead("a");
        var place = (await StreamBench.ReadAsync(await bench.SubscribeAsync(1), 1))[0].Replay;
        bench.Org.Clock.Advance(TimeSpan.FromHours(73));
        bench.Headers.RemoveAt(0);
        bench.Headers.Add("accesstoken", await TokenAsync(bench));

        Assert.Equal((StatusCode.InvalidArgument, "subscription.fetch.replayid.corrupted"), await StreamBench.RefusalAsync(await bench.SubscribeAsync(1, place)));
    }

    [Theory]
    [InlineData("/data/NopeChangeEvent", 1, StatusCode.NotFound, "topic.not.found")]
    [InlineData("/data/LeadChangeEvent", 0, StatusCode.InvalidArgument, "subscription.fetch.requested.events.invalid")]
    public async Task A_bad_request_is_refused_with_its_reason(string topic, int number, StatusCode status, string reason)
    {
        await using var bench = await StreamBench.StartAsync();

        Assert.Equal((status, reason), await StreamBench.RefusalAsync(await bench.SubscribeAsync(number, topic: topic)));
    }

    [Fact]
    public async Task A_bad_token_and_a_used_up_allowance_have_reasons_of_their_own()
    {
        await using var bench = await StreamBench.StartAsync(new() { DailyEvents = 1 });
        bench.Org.Lead("a");
        bench.Org.Lead("b");

        Assert.Equal((StatusCode.ResourceExhausted, "subscription.limit.exceeded"), await StreamBench.RefusalAsync(await bench.SubscribeAsync(5)));
        bench.Headers.RemoveAt(0);
        Assert.Equal((StatusCode.Unauthenticated, "service.auth.headers.invalid"), await StreamBench.RefusalAsync(await bench.SubscribeAsync(5)));
        bench.Headers.Add("accesstoken", "wrong");
        Assert.Equal((StatusCode.Unauthenticated, "service.auth.error"), await StreamBench.RefusalAsync(await bench.SubscribeAsync(5)));
    }

    [Fact]
    public async Task Gaps_and_lost_events_come_when_the_switches_say_so()
    {
        await using var bench = await StreamBench.StartAsync(new() { GapEvery = 3, LoseEventEvery = 2 });
        var id = bench.Org.Lead("a");
        await bench.Org.PatchAsync($"sobjects/Lead/{id}", new { Title = "lost" });
        await bench.Org.PatchAsync($"sobjects/Lead/{id}", new { Title = "gap" });

        var heads = await StreamBench.ReadAsync(await bench.SubscribeAsync(5), 2);

        Assert.Equal([0, GapUpdate], heads.Select(head => head.Kind));
        Assert.Empty(heads[1].Changed);
    }

    [Theory]
    [InlineData("GRPC", "PubSub/Subscribe")]
    [InlineData("STREAM", "LeadChangeEvent")]
    public async Task A_stream_is_cut_or_unavailable_when_a_fault_says_so(string method, string path)
    {
        await using var bench = await StreamBench.StartAsync();
        bench.Org.Lead("a");
        bench.Org.Host.Control.AddFault(new() { Crm = "salesforce", Fault = "cut", Take = 1, Match = new() { Method = method, Path = path } });

        Assert.Equal((StatusCode.Unavailable, "service.unavailable"), await StreamBench.RefusalAsync(await bench.SubscribeAsync(5)));
        Assert.Single(await StreamBench.ReadAsync(await bench.SubscribeAsync(5), 1));
    }

    [Fact]
    public async Task An_import_is_more_than_the_stream_can_tell()
    {
        await using var bench = await StreamBench.StartAsync();
        bench.Org.Host.Control.Generate(new() { Crm = "salesforce", Count = 10 });

        var head = (await StreamBench.ReadAsync(await bench.SubscribeAsync(5), 1))[0];

        Assert.Equal(("Lead", 8), (head.Entity, head.Kind));
        Assert.Empty(head.Ids);
    }

    [Fact]
    public async Task Late_work_is_told_when_it_is_committed()
    {
        await using var bench = await StreamBench.StartAsync(new() { CommitDelaySeconds = 20 });
        bench.Org.Lead("a");
        using var call = await bench.SubscribeAsync(5);
        await StreamBench.ReadAsync(call, 1);
        bench.Org.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["Title"] = "CEO" } });
        var next = call.ResponseStream.MoveNext(OrgBench.Stop);
        await Task.WhenAny(next, Task.Delay(100, OrgBench.Stop));
        Assert.False(next.IsCompleted);

        bench.Org.Clock.Advance(TimeSpan.FromSeconds(20));
        _ = bench.Org.State("a");

        Assert.True(await next);
        Assert.Equal(OrgBench.Start.AddSeconds(20).ToUnixTimeMilliseconds(), EventHead.Read(call.ResponseStream.Current.Events[0]).At);
    }

    private static async Task<string> TokenAsync(StreamBench bench) => (await bench.Org.FormAsync(
        "/services/oauth2/token", ("grant_type", "client_credentials"), ("client_id", bench.Org.Account.ClientId), ("client_secret", bench.Org.Account.ClientSecret)))
        .Body["access_token"]!.GetValue<string>();

    /// <summary>The fields that bitmaps stand for.</summary>
    private static IEnumerable<string> Names(JsonNode schema, IEnumerable<string> maps)
    {
        foreach (var map in maps)
        {
            var parts = map.Split('-');
            var fields = schema["fields"]!.AsArray();
            var prefix = "";
            if (parts.Length > 1)
            {
                var compound = fields[int.Parse(parts[0], CultureInfo.InvariantCulture)]!;
                (prefix, fields) = (compound["name"] + ".", compound["type"]![1]!["fields"]!.AsArray());
            }

            var bits = new BigInteger(Convert.FromHexString(parts[^1][2..]), isUnsigned: true, isBigEndian: true);
            for (var place = 0; place < fields.Count; place++)
            {
                if (!(bits >> place).IsEven)
                {
                    yield return prefix + fields[place]!["name"]!.GetValue<string>();
                }
            }
        }
    }
}
