using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Processes;

namespace CrmSync.Benchmarks.Product;

/// <summary>The sandbox in a process of its own, with one account of one CRM in it.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private const string Assembly = "CrmSync.Sandbox.dll";
    private readonly string _crm;
    private readonly Child _child;
    private readonly HttpClient _control;

    private SandboxProcess(string crm, Child child, int controlPort)
    {
        (_crm, _child) = (crm, child);
        _control = new() { BaseAddress = new Uri($"http://127.0.0.1:{controlPort}/"), Timeout = TimeSpan.FromMinutes(10) };
    }

    public Uri Url { get; private set; } = new("http://127.0.0.1:0/");
    public string Token { get; private set; } = "";
    public string WebhookSecret { get; private set; } = "";

    /// <summary>Where the CRM streams its changes; null where it does not.</summary>
    public string? StreamUrl { get; private set; }

    /// <param name="logCapacity">How many requests its log keeps; null keeps all.</param>
    public static async Task<SandboxProcess> StartAsync(int? logCapacity, string crm = "hubspot")
    {
        var ports = Ports.Free(4);
        string[] limits = logCapacity is { } most ? ["--log-capacity", most.ToString(CultureInfo.InvariantCulture)] : [];
        var child = Child.OfAssembly(Assembly, new Dictionary<string, string>(), ["--control-port", $"{ports[0]}", "--hubspot-port", $"{ports[1]}", "--salesforce-port", $"{ports[2]}", "--pubsub-port", $"{ports[3]}", "--seed", "1", .. limits]);
        child.Drain();
        var sandbox = new SandboxProcess(crm, child, ports[0]);
        await Wait.UntilAsync(() => Task.FromResult(ports.All(Ports.Accepts)), TimeSpan.FromSeconds(60), "the sandbox listens", child);
        var card = (await sandbox.PostAsync("reset", new JsonObject { ["accounts"] = new JsonObject { [crm] = 1 } }))["accounts"]![0]!;
        (sandbox.Url, sandbox.Token, sandbox.WebhookSecret) = (new Uri((string)card["baseUrl"]!), (string)card["token"]!, (string)card["webhookSecret"]!);
        sandbox.StreamUrl = (string?)card["streamUrl"];
        return sandbox;
    }

    /// <summary>Makes people; with a prefix they have keys to act by.</summary>
    public Task GenerateAsync(int count, string? keyPrefix) =>
        PostAsync("generate", new JsonObject { ["crm"] = _crm, ["count"] = count, ["seed"] = 1, ["keyPrefix"] = keyPrefix });

    public Task SwitchAsync(JsonObject switches) => PostAsync("switches", new JsonObject { ["crm"] = _crm, ["switches"] = switches });

    /// <summary>Lifts every limit.</summary>
    public Task UnlimitAsync() => SwitchAsync(new() { ["staticLimit"] = 1_000_000, ["searchLimit"] = 1_000_000, ["dailyLimit"] = 1_000_000_000 });

    /// <summary>Every call of these kinds takes so much longer.</summary>
    public async Task DelayAsync(TimeSpan by, params string[] methods)
    {
        foreach (var method in methods)
            await PostAsync("faults", new JsonObject
            {
                ["crm"] = _crm, ["match"] = new JsonObject { ["method"] = method }, ["every"] = 1, ["fault"] = "delay", ["seconds"] = by.TotalSeconds,
            });
    }

    /// <summary>A person asks for a demo.</summary>
    public Task AskAsync(string key) => PostAsync("act", new JsonObject { ["crm"] = _crm, ["key"] = key, ["act"] = "submit-form" });

    /// <summary>Log entries with a higher number.</summary>
    public async IAsyncEnumerable<JsonNode> LogAsync(long after)
    {
        using var answer = await _control.GetAsync(new Uri($"log?after={after}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            yield return JsonNode.Parse(line, documentOptions: new JsonDocumentOptions())!;
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _child.DisposeAsync();
    }

    private async Task<JsonNode> PostAsync(string call, JsonObject body)
    {
        using var answer = await _control.PostAsJsonAsync(new Uri(call, UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"The sandbox refused {call}: {text}");
    }
}
