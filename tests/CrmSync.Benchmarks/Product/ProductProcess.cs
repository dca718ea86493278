using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Product;

/// <summary>The worker in a process of its own, driven by its own commands.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private const string Assembly = "crmsync.dll";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ProductSettings _settings;
    private readonly Child _child;

    private ProductProcess(ProductSettings settings, Child child) => (_settings, _child) = (settings, child);

    public int Id => _child.Id;

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<ProductProcess> StartAsync(ProductSettings settings)
    {
        var child = Child.OfAssembly(Assembly, settings.ToEnvironment(), "run", "--data", settings.Data);
        child.Drain();
        var product = new ProductProcess(settings, child);
        await product.UntilAsync(() => Task.FromResult(Ports.Accepts(settings.WebhookPort)), Patience, "it listens");
        return product;
    }

    /// <summary>Runs one of its commands and gives back the document it prints.</summary>
    public static async Task<JsonNode?> CommandAsync(ProductSettings settings, params string[] words)
    {
        await using var command = Child.OfAssembly(Assembly, settings.ToEnvironment(), [.. words, "--json", "--data", settings.Data]);
        var text = await command.ReadAllAsync(Patience);
        var exit = await command.ExitAsync(Patience);
        return exit == 0
            ? text.Length == 0 ? null : JsonNode.Parse(text)
            : throw new InvalidOperationException($"crmsync {string.Join(' ', words)} ended with {exit}: {text} {command.LastErrors}");
    }

    /// <summary>Waits until it has looked at every lead there is. The command costs a process, so it is asked when it is likely.</summary>
    public Task BaselineAsync(TimeSpan within) => UntilAsync(
        async () => StoreView.Read(_settings.Data).Waiting == 0
            && (string?)(await CommandAsync(_settings, "plan", ProductSettings.Connection))?["baseline"] == "complete",
        within, "its baseline is complete");

    /// <summary>Lets it write.</summary>
    public Task GoLiveAsync() => CommandAsync(_settings, "go-live", ProductSettings.Connection);

    /// <summary>Waits for the brake on stage moves, which so many at once pull, and lets all of them through.</summary>
    public async Task ApproveAsync(TimeSpan within)
    {
        await UntilAsync(() => Task.FromResult(StoreView.IsBraked(_settings.Data)), within, "its brake is on");
        await CommandAsync(_settings, "approve", ProductSettings.Connection);
    }

    public Task UntilAsync(Func<Task<bool>> condition, TimeSpan within, string what) => Wait.UntilAsync(condition, within, what, _child);

    public ValueTask DisposeAsync() => _child.DisposeAsync();
}
