using CrmSync.Benchmarks.Processes;
using CrmSync.Benchmarks.Product;

namespace CrmSync.Benchmarks.Bars;

/// <summary>A Salesforce org in the sandbox with people in it, and how the product is connected to it.</summary>
internal sealed class SalesforceBed : IAsyncDisposable
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private SalesforceBed(SandboxProcess sandbox, ProductSettings settings) => (Sandbox, Settings) = (sandbox, settings);

    public SandboxProcess Sandbox { get; }
    public ProductSettings Settings { get; }

    public static async Task<SalesforceBed> StartAsync(string data, int leads)
    {
        var sandbox = await SandboxProcess.StartAsync(null, "salesforce");
        await sandbox.SwitchAsync(new() { ["dailyLimit"] = 10_000_000, ["dailyEvents"] = 10_000_000, ["sessionSeconds"] = 1_000_000 });
        await sandbox.GenerateAsync(leads, "lead");
        var ports = Ports.Free(2);
        return new(sandbox, new()
        {
            Data = data, WebhookPort = ports[0], AdminPort = ports[1], Kind = "salesforce", Crm = sandbox.Url, Token = sandbox.Token, Secret = "", QuotaShare = 1,
            Options = new Dictionary<string, string> { ["PubSubUrl"] = sandbox.StreamUrl!, ["OverlapSeconds"] = "1", ["LagSeconds"] = "1" },
        });
    }

    /// <summary>Fields, baseline and the first start; from then on every call takes as long as one over the ocean.</summary>
    public async Task PrepareAsync()
    {
        await ProductProcess.CommandAsync(Settings, "setup");
        await using (var product = await ProductProcess.StartAsync(Settings))
        {
            await product.BaselineAsync(Patience);
            await product.GoLiveAsync();
        }
        await Sandbox.DelayAsync(Latency, "GET", "POST", "PATCH");
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
