using System.Collections.Concurrent;
using System.Globalization;
using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

public sealed class ForgedWebhookTests(ITestOutputHelper output)
{
    private static readonly int Count = RunPlan.IsLong ? 100_000 : 3_000;

    [Theory]
    [InlineData("hubspot")]
    [InlineData("pipedrive")]
    public async Task No_forged_webhook_is_accepted_stored_or_answered_with_a_fault(string crm)
    {
        await using var rig = await Rig.StartAsync(new() { Crm = CrmsUnderTest.All[crm] }, [new() { Key = "lead", Email = "lead@lead.example" }]);
        var stored = rig.Store().Inbox.Count;
        var ways = rig.Setting.Crm.Forgeries(rig, rig.Leads()[0].Id).ToList();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var answers = new ConcurrentDictionary<(string Way, int Status), int>();
        var bodies = new ConcurrentDictionary<string, int>();

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, cancellation) =>
        {
            var (name, make) = ways[n % ways.Count];
            using var request = make(n);
            using var response = await http.SendAsync(request, cancellation);
            answers.AddOrUpdate((name, (int)response.StatusCode), 1, (_, c) => c + 1);
            bodies.AddOrUpdate(await response.Content.ReadAsStringAsync(cancellation), 1, (_, c) => c + 1);
        });

        output.Tell($"{crm}: {Count} webhooks forged in {ways.Count} ways: {string.Join(", ", answers.GroupBy(a => a.Key.Status).Select(g => $"{g.Sum(a => a.Value)} answered {g.Key}"))}");
        Assert.True(ways.Count >= 40);
        Assert.Equal(ways.Count, answers.Keys.Select(k => k.Way).Distinct().Count());
        Assert.All(answers.Keys, key => Assert.True(key.Status is >= 400 and < 500, $"{key.Way} was answered {key.Status}"));
        Assert.DoesNotContain(rig.Store().Inbox, i => IsForged(i.Delivery));
        Assert.Equal(stored, rig.Store().Inbox.Count);
        Assert.All(bodies.Keys, body => Assert.InRange(body.Length, 0, 100));
    }

    [Theory]
    [InlineData("hubspot")]
    [InlineData("pipedrive")]
    public async Task The_same_webhook_a_thousand_times_is_stored_once(string crm)
    {
        await using var rig = await Rig.StartAsync(new() { Crm = CrmsUnderTest.All[crm] }, [new() { Key = "lead", Email = "lead@lead.example" }]);
        var (lead, number) = (rig.Leads()[0].Id, Forgeries.FirstEvent + 1);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var refused = 0;

        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, cancellation) =>
        {
            using var request = rig.Setting.Crm.Webhook(rig, lead, number, authentic: true);
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                Interlocked.Increment(ref refused);
        });

        Assert.Equal(0, refused);
        Assert.Single(rig.Store().Inbox, i => i.Delivery.Contains(Text(number), StringComparison.Ordinal));
    }

    /// <summary>Named after the event, in either CRM's way.</summary>
    private static bool IsForged(string delivery) => delivery.Split('|', ':').Any(part => long.TryParse(part, CultureInfo.InvariantCulture, out var number) && number >= Forgeries.FirstEvent);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
