using System.Net.Sockets;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Product;

/// <summary>The worker in a process of its own, driven by its own commands.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private const string Assembly = "crmsync.dll";
    private readonly ProductSettings _settings;
    private readonly Child _child;

    private ProductProcess(ProductSettings settings, Child child) => (_settings, _child) = (settings, child);

    public int Id => _child.Id;
    public int WebhookPort => _settings.WebhookPort;

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<ProductProcess> StartAsync(ProductSettings settings)
    {
        var child = Child.Program(Assembly, settings.ToEnvironment(), "run", "--data", settings.Data);
        child.Drain();
        var product = new ProductProcess(settings, child);
        await product.UntilAsync(() => Task.FromResult(Accepts(settings.WebhookPort)), TimeSpan.FromSeconds(60), "it listens");
        return product;
    }

    /// <summary>Runs one of its commands and gives back the document it prints.</summary>
    public async Task<JsonNode?> CommandAsync(params string[] words)
    {
        await using var command = Child.Program(Assembly, _settings.ToEnvironment(), [.. words, "--json", "--data", _settings.Data]);
        var text = await command.ReadAllAsync(TimeSpan.FromSeconds(60));
        var exit = await command.ExitAsync(TimeSpan.FromSeconds(60));
        return exit == 0
            ? text.Length == 0 ? null : JsonNode.Parse(text)
            : throw new InvalidOperationException($"crmsync {string.Join(' ', words)} ended with {exit}: {text} {command.LastErrors}");
    }

    /// <summary>Lets it take its baseline, then lets it write, as many moves as there are.</summary>
    public async Task GoLiveAsync(TimeSpan within)
    {
        await UntilAsync(async () => (string?)(await CommandAsync("plan", ProductSettings.Connection))?["baseline"] == "complete", within, "its baseline is complete");
        await CommandAsync("go-live", ProductSettings.Connection);
        await CommandAsync("approve", ProductSettings.Connection);
    }

    /// <summary>Waits for something, unless the product ends first.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        var deadline = DateTimeOffset.UtcNow + within;
        while (!await condition())
        {
            if (_child.HasExited)
                throw new InvalidOperationException($"The product ended before {what}: {_child.LastErrors}");
            if (DateTimeOffset.UtcNow > deadline)
                throw new TimeoutException($"The product took more than {within} until {what}: {_child.LastErrors}");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static bool Accepts(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(System.Net.IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
