using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Adapters;

namespace CrmSync.Worker.Notify;

/// <summary>
/// Posts JSON: <c>text</c>, which Slack and Teams show, and the rows for whoever reads further. The message's id goes in the
/// header <c>Idempotency-Key</c> and as <c>id</c>. Only to the address of the settings: a redirect is not followed.
/// </summary>
internal sealed class WebhookChannel(Secret address, HttpMessageHandler? handler = null) : INotifyChannel, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpClient _client = new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    public string Name => "webhook";

    public async Task SendAsync(BreachMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.Reveal()))
            {
                Content = JsonContent.Create(new { text = message.Text, id = message.Id, day = message.Day, count = message.Rows.Count, rows = message.Rows }, options: Json),
                Headers = { { "Idempotency-Key", message.Id } },
            };
            using var answer = await _client.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new NotifyException($"The webhook answered {(int)answer.StatusCode}.", "Make a new webhook in the channel and put its address into Notify:WebhookFile.");
        }
        // A line that breaks as soon as it stands comes out of HttpClient as the socket's own error.
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            throw new NotifyException($"The webhook cannot be reached ({(failure as HttpRequestException)?.HttpRequestError ?? HttpRequestError.ConnectionError}).", "Check Notify:Webhook and the way out of this network.", failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NotifyException("The webhook did not answer in time.", "Check Notify:Webhook and the way out of this network.", late);
        }
    }

    public void Dispose() => _client.Dispose();
}
