using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Tests.Sandbox;

/// <summary>A listener that keeps what it was sent and answers as it is told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookReceiver(WebApplication app) => this.app = app;

    public int Answer { get; set; } = 200;

    public List<Delivery> Deliveries { get; } = [];

    public Uri Url => new(new Uri(app.Urls.First()), "/webhooks/main");

    public IEnumerable<JsonNode> Events => Deliveries.SelectMany(delivery => JsonNode.Parse(delivery.Body)!.AsArray()).Select(item => item!);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(receiver.ReceiveAsync);
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        lock (Deliveries)
        {
            Deliveries.Add(new Delivery(buffer.ToArray(), context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        }

        context.Response.StatusCode = Answer;
    }

    internal sealed record Delivery(byte[] Body, IReadOnlyDictionary<string, string> Headers);
}
