using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Leads.Facts;
using CrmSync.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Tests.Adapters;

/// <summary>On the system's clock, for half a minute: run it by name.</summary>
public sealed class HubSpotDrainTests
{
    [Fact(Explicit = true)]
    public async Task Uses_nearly_all_of_its_share_and_is_never_refused()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { AutoDeliver = false }, TestContext.Current.CancellationToken);
        var card = sandbox.Control.Reset(new() { Seed = 1 }).Accounts[0];
        sandbox.Control.Generate(new() { Crm = "hubspot", Count = 5000, KeyPrefix = "g" });
        await using var services = new ServiceCollection().AddSingleton<IGrantStore>(new MemoryGrants()).AddSingleton<IQuotaLedger>(new MemoryLedger())
            .AddSingleton(TimeProvider.System).AddHubSpot().BuildServiceProvider();
        var adapter = services.GetRequiredService<ICrmProvider>().CreateAdapter(HubSpotHarness.Connection with
        {
            AccountId = card.AccountId, BaseUrl = new(card.BaseUrl), Token = new(card.Token), QuotaShare = 1,
        });
        var ids = (await adapter.SweepAsync(null, TestContext.Current.CancellationToken)).LeadIds;
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(32));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                while (true)
                    await adapter.ReadAsync(ids, ReadDepth.Guard, FactCatalogue.BuiltIn, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Time is up.
            }
        }));

        var requests = sandbox.Control.Log().Where(e => e.Kind == "request").ToList();
        TestContext.Current.SendDiagnosticMessage($"{requests.Count} requests, fullest window {requests.Max(r => r.WindowUsed)}");
        Assert.DoesNotContain(requests, r => r.Status == 429);
        Assert.True(requests.Count >= 190 * 3.8, $"{requests.Count}");
    }
}
