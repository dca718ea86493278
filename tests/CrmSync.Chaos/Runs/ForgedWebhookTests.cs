using System.Collections.Concurrent;
using System.Text;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

public sealed class ForgedWebhookTests(ITestOutputHelper output)
{
    private static readonly int Count = RunPlan.IsLong ? 100_000 : 3_000;

    [Fact]
    public async Task No_forged_webhook_is_accepted_stored_or_answered_with_a_fault()
    {
        await using var rig = await Rig.StartAsync(new(), [new() { Key = "lead", Email = "lead@lead.example" }]);
        var lead = rig.Leads()[0].Id;
        var signer = new Signer(rig.Worker.Webhooks, rig.Account.WebhookSecret, rig.Clock);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var answers = new ConcurrentDictionary<(string Way, int Status), int>();
        var bodies = new ConcurrentDictionary<string, int>();

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, cancellation) =>
        {
            var (name, make) = Forgeries.All[n % Forgeries.All.Count];
            using var request = make(signer, Encoding.UTF8.GetBytes($"[{Signer.Event(9_000_000_000 + n, lead, rig.Account.AccountId)}]"), n);
            using var response = await http.SendAsync(request, cancellation);
            answers.AddOrUpdate((name, (int)response.StatusCode), 1, (_, c) => c + 1);
            bodies.AddOrUpdate(await response.Content.ReadAsStringAsync(cancellation), 1, (_, c) => c + 1);
        });

        output.Tell($"{Count} webhooks forged in {Forgeries.All.Count} ways: {string.Join(", ", answers.GroupBy(a => a.Key.Status).Select(g => $"{g.Sum(a => a.Value)} answered {g.Key}"))}");
        Assert.True(Forgeries.All.Count >= 40);
        Assert.Equal(Forgeries.All.Count, answers.Keys.Select(k => k.Way).Distinct().Count());
        Assert.All(answers.Keys, key => Assert.True(key.Status is >= 400 and < 500, $"{key.Way} was answered {key.Status}"));
        Assert.DoesNotContain(rig.Store().Inbox, i => i.Delivery.Contains("|9000", StringComparison.Ordinal));
        Assert.All(bodies.Keys, body => Assert.InRange(body.Length, 0, 100));
    }

    [Fact]
    public async Task The_same_webhook_a_thousand_times_is_stored_once()
    {
        await using var rig = await Rig.StartAsync(new(), [new() { Key = "lead", Email = "lead@lead.example" }]);
        var signer = new Signer(rig.Worker.Webhooks, rig.Account.WebhookSecret, rig.Clock);
        var body = $"[{Signer.Event(9_000_000_001, rig.Leads()[0].Id, rig.Account.AccountId)}]";
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var refused = 0;

        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, cancellation) =>
        {
            using var request = signer.Request(body);
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                Interlocked.Increment(ref refused);
        });

        Assert.Equal(0, refused);
        Assert.Single(rig.Store().Inbox, i => i.Delivery.Contains("9000000001", StringComparison.Ordinal));
    }
}
