using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Benchmarks.Stub;

/// <summary>Asks a stub what it saw, and its people to act.</summary>
internal sealed class StubClient(int port) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

    public async Task AskAsync(long first, int count) => await CallAsync($"stub/ask?first={first}&count={count}");

    /// <summary>Stage changes written to it so far.</summary>
    public async Task<long> StagedAsync() => (long)(await CallAsync("stub/counts"))["staged"]!;

    /// <summary>Calls so far, by kind.</summary>
    public async Task<Dictionary<string, long>> CallsAsync() =>
        (await CallAsync("stub/counts"))["calls"]!.AsObject().ToDictionary(p => p.Key, p => (long)p.Value!);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> CallAsync(string path) =>
        await _http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative)) ?? throw new InvalidOperationException("The stub said nothing.");
}
