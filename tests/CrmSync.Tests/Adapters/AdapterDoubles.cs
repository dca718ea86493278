using System.Collections.Concurrent;
using CrmSync.Adapters;

namespace CrmSync.Tests.Adapters;

internal sealed class MemoryGrants : IGrantStore
{
    public Grant? Grant { get; set; }
    public List<string> Saved { get; } = [];

    public Task<Grant?> ReadAsync(string connection, CancellationToken cancellationToken) => Task.FromResult(Grant);

    public Task SaveAsync(string connection, Grant grant, CancellationToken cancellationToken)
    {
        Grant = grant;
        Saved.Add(grant.RefreshToken.Reveal());
        return Task.CompletedTask;
    }
}

internal sealed class MemoryLedger : IQuotaLedger
{
    private readonly ConcurrentQueue<(string Budget, QuotaUse Use)> _uses = new();

    public int Writes => _uses.Count;

    public Task<IReadOnlyList<QuotaUse>> ReadAsync(string connection, string budget, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuotaUse>>([.. _uses.Where(u => u.Budget == budget && u.Use.At >= since).Select(u => u.Use)]);

    public Task AddAsync(string connection, string budget, QuotaUse use, CancellationToken cancellationToken)
    {
        _uses.Enqueue((budget, use));
        return Task.CompletedTask;
    }
}

/// <summary>The network: answers as a function of the request, and remembers what was asked.</summary>
internal sealed class StubNetwork(Func<HttpRequestMessage, string, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public StubNetwork(Func<HttpRequestMessage, string, HttpResponseMessage> answer) : this((r, body) => Task.FromResult(answer(r, body)))
    {
    }

    public ConcurrentQueue<(string Method, string Path, string Body, string? Token)> Calls { get; } = new();

    public static HttpResponseMessage Json(string body, int status = 200) => new((System.Net.HttpStatusCode)status)
    {
        Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Enqueue((request.Method.Method, request.RequestUri!.AbsolutePath, body, request.Headers.Authorization?.Parameter));
        var response = await answer(request, body);
        response.RequestMessage = request;
        return response;
    }
}
