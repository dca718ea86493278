using System.Text;
using CrmSync.Adapters;

namespace CrmSync.Tests.Adapters;

/// <summary>One valid delivery, and all the ways to change it that must be noticed.</summary>
public sealed class HubSpotForgeryTests
{
    private const string Secret = "crmsync-test-secret";
    private const string SignatureHeader = "X-HubSpot-Signature-v3";
    private const string TimeHeader = "X-HubSpot-Request-Timestamp";
    private static readonly WebhookDelivery Good = HubSpotWebhookTests.Signed(HubSpotWebhookTests.Example, Secret);
    private static readonly string Signature = Good.Headers[SignatureHeader];
    private static readonly string Time = Good.Headers[TimeHeader];

    private static readonly Dictionary<string, WebhookDelivery> Forged = new()
    {
        ["no headers"] = Good with { Headers = new Dictionary<string, string>() },
        ["no signature"] = Without(SignatureHeader),
        ["no timestamp"] = Without(TimeHeader),
        ["empty signature"] = With(SignatureHeader, ""),
        ["empty timestamp"] = With(TimeHeader, ""),
        ["zeros"] = With(SignatureHeader, Convert.ToBase64String(new byte[32])),
        ["right length, no base64"] = With(SignatureHeader, new string('!', 44)),
        ["hex"] = With(SignatureHeader, Convert.ToHexStringLower(Convert.FromBase64String(Signature))),
        ["upper case"] = With(SignatureHeader, Signature.ToUpperInvariant()),
        ["lower case"] = With(SignatureHeader, Signature.ToLowerInvariant()),
        ["url base64"] = With(SignatureHeader, Signature.Replace('+', '-').Replace('/', '_')),
        ["no padding"] = With(SignatureHeader, Signature.TrimEnd('=')),
        ["more padding"] = With(SignatureHeader, Signature + "="),
        ["space before"] = With(SignatureHeader, " " + Signature),
        ["space after"] = With(SignatureHeader, Signature + " "),
        ["twice"] = With(SignatureHeader, Signature + "," + Signature),
        ["prefix"] = With(SignatureHeader, "sha256=" + Signature),
        ["last letter"] = With(SignatureHeader, Signature[..^2] + (Signature[^2] == 'A' ? 'B' : 'A') + "="),
        ["first letter"] = With(SignatureHeader, (Signature[0] == 'A' ? 'B' : 'A') + Signature[1..]),
        ["not ascii"] = With(SignatureHeader, Signature[..^2] + "æ="),
        ["nul"] = With(SignatureHeader, Signature[..^1] + "\0"),
        ["long"] = With(SignatureHeader, new string('A', 100_000)),
        ["other secret"] = HubSpotWebhookTests.Signed(HubSpotWebhookTests.Example, "other"),
        ["no secret"] = HubSpotWebhookTests.Signed(HubSpotWebhookTests.Example, ""),
        ["older version's header"] = new("POST", Good.PublicUri, new Dictionary<string, string> { ["X-HubSpot-Signature"] = Signature, [TimeHeader] = Time }, Good.Body),
        ["timestamp +1"] = With(TimeHeader, Time[..^1] + "1"),
        ["timestamp in seconds"] = With(TimeHeader, Time[..^3]),
        ["timestamp with sign"] = With(TimeHeader, "+" + Time),
        ["timestamp negative"] = With(TimeHeader, "-" + Time),
        ["timestamp with fraction"] = With(TimeHeader, Time + ".0"),
        ["timestamp with space"] = With(TimeHeader, Time + " "),
        ["timestamp with zeros"] = With(TimeHeader, "00" + Time),
        ["timestamp of words"] = With(TimeHeader, "now"),
        ["timestamp hex"] = With(TimeHeader, "0x19B7"),
        ["timestamp huge"] = With(TimeHeader, new string('9', 40)),
        ["timestamp in Arabic digits"] = With(TimeHeader, "١٧٦٧٢٢٥٦٠١٠٠٠"),
        ["method GET"] = Good with { Method = "GET" },
        ["method lower case"] = Good with { Method = "post" },
        ["method empty"] = Good with { Method = "" },
        ["http"] = Good with { PublicUri = new("http://crmsync.example/webhooks/hubspot") },
        ["other host"] = Good with { PublicUri = new("https://evil.example/webhooks/hubspot") },
        ["port"] = Good with { PublicUri = new("https://crmsync.example:8443/webhooks/hubspot") },
        ["slash"] = Good with { PublicUri = new("https://crmsync.example/webhooks/hubspot/") },
        ["other path"] = Good with { PublicUri = new("https://crmsync.example/webhooks/other") },
        ["query"] = Good with { PublicUri = new("https://crmsync.example/webhooks/hubspot?a=1") },
        ["empty body"] = Good with { Body = ReadOnlyMemory<byte>.Empty },
        ["other id"] = Body(HubSpotWebhookTests.Example.Replace("1246965", "1246966", StringComparison.Ordinal)),
        ["space in body"] = Body(HubSpotWebhookTests.Example + " "),
        ["new line"] = Body(HubSpotWebhookTests.Example + "\n"),
        ["mark in front"] = Body("\uFEFF" + HubSpotWebhookTests.Example),
        ["utf-16"] = Good with { Body = Encoding.Unicode.GetBytes(HubSpotWebhookTests.Example) },
        ["one event more"] = Body(HubSpotWebhookTests.Example[..^1] + "," + HubSpotWebhookTests.Example[1..]),
    };

    public static TheoryData<string> Names => [.. Forged.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused(string name) =>
        Assert.Same(WebhookReading.Unauthentic, HubSpotWebhookTests.Webhook(Secret).Read(Forged[name], HubSpotWebhookTests.Now));

    [Fact]
    public void The_original_is_accepted() => Assert.Equal(WebhookVerdict.Authentic, HubSpotWebhookTests.Webhook(Secret).Read(Good, HubSpotWebhookTests.Now).Verdict);

    [Theory]
    [InlineData(-300_000, true)]
    [InlineData(300_000, true)]
    [InlineData(-300_001, false)]
    [InlineData(300_001, false)]
    public void Five_minutes_are_the_limit_to_both_sides(int milliseconds, bool accepted) =>
        Assert.Equal(accepted, HubSpotWebhookTests.Webhook(Secret).Read(Good, HubSpotWebhookTests.Now.AddMilliseconds(milliseconds)).Verdict == WebhookVerdict.Authentic);

    private static WebhookDelivery With(string header, string value) => Good with { Headers = new Dictionary<string, string>(Good.Headers) { [header] = value } };

    private static WebhookDelivery Without(string header) => Good with { Headers = Good.Headers.Where(h => h.Key != header).ToDictionary() };

    private static WebhookDelivery Body(string body) => Good with { Body = Encoding.UTF8.GetBytes(body) };
}
