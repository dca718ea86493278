using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;

namespace CrmSync.Benchmarks.Micro;

/// <summary>Verifying and reading one webhook call; beside it the hash alone.</summary>
public class WebhookBenchmarks
{
    private const string Secret = "benchmark-secret";
    private static readonly Uri Url = new("https://crmsync.example/webhooks/main");
    private readonly byte[] _key = Encoding.UTF8.GetBytes(Secret);
    private byte[] _message = [];
    private DateTimeOffset _now;
    private HubSpotWebhook _webhook = null!;
    private WebhookDelivery _delivery = null!;

    [Params(1, 100)]
    public int Events { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _now = DateTimeOffset.UtcNow;
        var timestamp = _now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, Events).Select(i => Event(i, timestamp)))}]");
        _message = [.. Encoding.UTF8.GetBytes($"POST{Url}"), .. body, .. Encoding.UTF8.GetBytes(timestamp)];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-HubSpot-Signature-v3"] = Convert.ToBase64String(HMACSHA256.HashData(_key, _message)),
            ["X-HubSpot-Request-Timestamp"] = timestamp,
        };
        var connection = new CrmConnection { Name = "main", Crm = "hubspot", PublicUrl = Url, WebhookSecrets = [new Secret(Secret)] };
        _webhook = new(connection, new HubSpotOptions(connection));
        _delivery = new("POST", Url, headers, body);
        if (_webhook.Read(_delivery, _now).Hints.Count != Events)
            throw new InvalidOperationException("The call was not understood.");
    }

    [Benchmark(Baseline = true)]
    public byte[] HashAlone() => HMACSHA256.HashData(_key, _message);

    [Benchmark]
    public int VerifyAndParse() => _webhook.Read(_delivery, _now).Hints.Count;

    private static string Event(int number, string occurredAt) =>
        $"{{\"eventId\":{100 + number},\"subscriptionId\":25,\"portalId\":33,\"appId\":1160452,\"occurredAt\":{occurredAt},\"subscriptionType\":\"contact.propertyChange\",\"attemptNumber\":0,\"objectId\":{1246965 + number},\"propertyName\":\"lifecyclestage\",\"propertyValue\":\"marketingqualifiedlead\",\"changeSource\":\"CRM_UI\",\"sourceId\":\"userId:882761034\"}}";
}
