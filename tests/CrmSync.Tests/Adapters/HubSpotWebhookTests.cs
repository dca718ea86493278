using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;

namespace CrmSync.Tests.Adapters;

public sealed class HubSpotWebhookTests
{
    public const string Example = """[{"eventId":100,"subscriptionId":25,"portalId":33,"appId":1160452,"occurredAt":1767225600000,"subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":1246965,"propertyName":"lifecyclestage","propertyValue":"marketingqualifiedlead","changeSource":"CRM_UI","sourceId":"userId:882761034"}]""";
    private const string OfficialSecret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private const string OfficialBody = "{'example_field':'example_value'}";
    private const string Secret = "crmsync-test-secret";
    private const string Url = "https://crmsync.example/webhooks/hubspot";
    private const long At = 1767225601000;

    [Theory]
    [InlineData(OfficialSecret, "https://www.example.com/webhook_uri", 15000000, OfficialBody, "HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=", true)]
    [InlineData(Secret, Url, At, Example, "u+GIFLA+4tpug75YETGDdKakOd0CoTQ0PEpdw8nABCw=", true)]
    [InlineData(Secret, Url, At, """[{"propertyValue":"Zoë – 株式会社"}]""", "8g+jQR1+xHCiYkUhZe8gf8gkX6rfVkjfUfqrIbr9cig=", true)]
    [InlineData(Secret, Url + "?src=hs%3Aapp%2Fv3&x=%28a%29%20b", At, "[]", "fior5JhgBCunOtVBvPiWsHnyOdhlJ5KgVL5Td+5DnGo=", true)]
    [InlineData(Secret, Url + "?src=hs%3Aapp%2Fv3&x=%28a%29%20b", At, "[]", "x5dhLRs4ptCkYkH1LFoebW+jrOiHt1MtX0f68M7IqSA=", false)]
    public void Knows_the_published_vectors(string secret, string url, long timestamp, string body, string signature, bool authentic)
    {
        var reading = Webhook(secret).Read(Delivery(url, body, signature, timestamp.ToString(CultureInfo.InvariantCulture)), DateTimeOffset.FromUnixTimeMilliseconds(timestamp));

        Assert.Equal(authentic, reading.Verdict != WebhookVerdict.Unauthentic);
    }

    [Theory]
    [InlineData("v1", "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750", true)]
    [InlineData("v2", "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383", false)]
    [InlineData("v2", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e", false)]
    public void Takes_the_older_signature_only_where_it_is_allowed(string version, string signature, bool authentic)
    {
        var headers = new Dictionary<string, string> { ["X-HubSpot-Signature"] = signature, ["X-HubSpot-Signature-Version"] = version };
        var delivery = new WebhookDelivery("POST", new Uri("https://www.example.com/webhook_uri"), headers, Encoding.UTF8.GetBytes(OfficialBody));

        Assert.Equal(WebhookVerdict.Unauthentic, Webhook(OfficialSecret).Read(delivery, DateTimeOffset.UnixEpoch).Verdict);
        Assert.Equal(authentic, Webhook(OfficialSecret, allowV1: true).Read(delivery, DateTimeOffset.UnixEpoch).Verdict != WebhookVerdict.Unauthentic);
    }

    [Fact]
    public void Hints_the_record_that_changed()
    {
        var reading = Read(Example);

        Assert.Equal(WebhookVerdict.Authentic, reading.Verdict);
        Assert.Equal(new WebhookHint("contacts", "1246965", "1767225600000|100|33|contact.propertyChange|1246965"), Assert.Single(reading.Hints));
    }

    [Fact]
    public void Counts_a_repeated_attempt_as_the_same_delivery() =>
        Assert.Equal(Read(Example).Hints, Read(Example.Replace("\"attemptNumber\":0", "\"attemptNumber\":7", StringComparison.Ordinal)).Hints);

    [Fact]
    public void Hints_every_record_of_a_merge()
    {
        var reading = Read("""[{"eventId":1,"portalId":33,"occurredAt":5,"eventType":"contact.merge","primaryObjectId":10,"mergedObjectIds":[11,12],"newObjectId":13}]""");

        Assert.Equal(["11", "12", "10", "13"], reading.Hints.Select(h => h.RecordId));
    }

    [Theory]
    [InlineData("CONTACT_TO_COMPANY", "1")]
    [InlineData("DEAL_TO_CONTACT", "2")]
    public void Hints_the_contact_of_an_association(string type, string contact)
    {
        var reading = Read($$"""[{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"contact.associationChange","associationType":"{{type}}","fromObjectId":1,"toObjectId":2}]""");

        Assert.Equal(contact, Assert.Single(reading.Hints).RecordId);
    }

    [Theory]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"ticket.creation","objectId":1}""", 1, 0)]
    [InlineData("""{"eventId":1,"portalId":34,"occurredAt":5,"subscriptionType":"contact.creation","objectId":1}""", 1, 0)]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"contact.invented","objectId":1}""", 1, 0)]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"contact.creation"}""", 0, 1)]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"contact.creation","objectId":1e400}""", 0, 1)]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"contact.creation","objectId":1,"objectId":2}""", 0, 1)]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"\ud800","objectId":1}""", 0, 1)]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":{"a":[1]},"objectId":1}""", 0, 1)]
    [InlineData("""{"eventId":1,"portalId":33,"occurredAt":5,"subscriptionType":"contact.creation","objectId":123456789012345678901234567890}""", 0, 1)]
    [InlineData("""7""", 0, 1)]
    public void Loses_none_of_the_other_events_to_a_bad_or_unknown_one(string other, int ignored, int bad)
    {
        var reading = Read($"[{other},{Example[1..^1]},{other}]");

        Assert.Equal("1246965", Assert.Single(reading.Hints).RecordId);
        Assert.Equal((ignored * 2, bad * 2), (reading.Ignored, reading.Bad));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("[")]
    public void Calls_what_is_no_array_malformed(string body) => Assert.Equal(WebhookVerdict.Malformed, Read(body).Verdict);

    [Fact]
    public void Keeps_what_came_before_a_break()
    {
        var reading = Read(Example[..^1] + ",{\"x\":\u0000}]");

        Assert.Equal((1, 1), (reading.Hints.Count, reading.Bad));
    }

    [Fact]
    public void Accepts_every_secret_of_a_rotation()
    {
        var webhook = new HubSpotWebhook(Connection() with { WebhookSecrets = [new("old"), new("new")] }, new(Connection()));

        Assert.All(["old", "new"], secret => Assert.Equal(WebhookVerdict.Authentic, webhook.Read(Signed("[]", secret), Now).Verdict));
    }

    [Fact]
    public void Uses_the_configured_address_whatever_the_proxy_says()
    {
        var connection = Connection() with { PublicUrl = new Uri(Url), WebhookSecrets = [new(Secret)] };
        var delivery = Signed("[]", Secret) with { PublicUri = new Uri("http://10.0.0.7:8080/webhooks/hubspot") };

        Assert.Equal(WebhookVerdict.Authentic, new HubSpotWebhook(connection, new(connection)).Read(delivery, Now).Verdict);
    }

    [Fact]
    public void Never_throws_on_random_bytes()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(Example);
            for (var n = random.Next(1, 6); n > 0; n--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            Assert.NotEqual(WebhookVerdict.Unauthentic, Webhook(Secret).Read(Signed(body, Secret), Now).Verdict);
        }
    }

    internal static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeMilliseconds(At);

    internal static ICrmWebhook Webhook(string secret, bool allowV1 = false)
    {
        var connection = Connection() with
        {
            WebhookSecrets = [new(secret)],
            Mapping = new() { Options = new Dictionary<string, string> { ["AllowUnsignedTimestampV1"] = allowV1 ? "true" : "false" } },
        };
        return new HubSpotWebhook(connection, new(connection));
    }

    internal static WebhookDelivery Signed(string body, string secret) => Signed(Encoding.UTF8.GetBytes(body), secret);

    internal static WebhookDelivery Signed(byte[] body, string secret)
    {
        var timestamp = At.ToString(CultureInfo.InvariantCulture);
        byte[] message = [.. Encoding.UTF8.GetBytes("POST" + Url), .. body, .. Encoding.UTF8.GetBytes(timestamp)];
        return Delivery(Url, body, Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message)), timestamp);
    }

    private static WebhookReading Read(string body) => Webhook(Secret).Read(Signed(body, Secret), Now);

    private static CrmConnection Connection() => new() { Name = "main", Crm = "hubspot", AccountId = "33" };

    private static WebhookDelivery Delivery(string url, string body, string signature, string timestamp) => Delivery(url, Encoding.UTF8.GetBytes(body), signature, timestamp);

    private static WebhookDelivery Delivery(string url, byte[] body, string signature, string timestamp) => new(
        "POST", new Uri(url), new Dictionary<string, string> { ["X-HubSpot-Signature-v3"] = signature, ["X-HubSpot-Request-Timestamp"] = timestamp }, body);
}
