using System.Globalization;
using System.Net.Sockets;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Rigging;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Webhooks that the run sends by itself, true and forged, beside those of the CRM, and what was answered to them.</summary>
internal sealed class OwnWebhooks(Rig rig) : IDisposable
{
    private readonly List<WebhookSent> _sent = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private long _event = 7_000_000_000;

    public IReadOnlyList<WebhookSent> Sent => _sent;

    /// <summary>Sends the same event about a lead some times at once, after so many further answers to the worker, or in <see cref="FinishAsync"/>.</summary>
    public void Send(string leadId, bool authentic, int times = 1, int after = 1)
    {
        var number = ++_event;
        rig.Door.Expect(after, async () => _sent.AddRange(await Task.WhenAll(Enumerable.Range(0, times).Select(_ =>
            SendAsync(rig.Setting.Crm.Webhook(rig, leadId, number, authentic), number.ToString(CultureInfo.InvariantCulture), leadId, authentic)))));
    }

    public Task FinishAsync() => rig.Door.EmptyAsync();

    public void Dispose() => _http.Dispose();

    private async Task<WebhookSent> SendAsync(HttpRequestMessage request, string number, string lead, bool authentic)
    {
        using (request)
        {
            using var flight = rig.Clock.InFlight();
            var at = rig.Now;
            try
            {
                using var response = await _http.SendAsync(request);
                return new(at, [number], [lead], authentic, (int)response.StatusCode) { Answer = await response.Content.ReadAsStringAsync() };
            }
            catch (Exception lost) when (lost is HttpRequestException or SocketException)
            {
                return new(at, [number], [lead], authentic, null);
            }
        }
    }
}
