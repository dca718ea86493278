using System.Text;
using CrmSync.Sandbox.HubSpot.Webhooks;

namespace CrmSync.Tests.Sandbox;

/// <summary>The vectors of HubSpot's own client libraries, and four made with them.</summary>
public sealed class HubSpotSignatureTests
{
    private const string OfficialSecret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private const string OwnSecret = "crmsync-test-secret";
    private const string OfficialUrl = "https://www.example.com/webhook_uri";
    private const string OwnUrl = "https://crmsync.example/webhooks/hubspot";
    private const string OfficialBody = "{'example_field':'example_value'}";

    private const string Event = """[{"eventId":100,"subscriptionId":25,"portalId":33,"appId":1160452,"occurredAt":1767225600000,"subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":1246965,"propertyName":"lifecyclestage","propertyValue":"marketingqualifiedlead","changeSource":"CRM_UI","sourceId":"userId:882761034"}]""";

    [Fact]
    public void Version_1_hashes_secret_and_body() =>
        Assert.Equal("69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750", HubSpotSignature.V1(OfficialSecret, Bytes(OfficialBody)));

    [Theory]
    [InlineData("POST", OfficialBody, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383")]
    [InlineData("GET", "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e")]
    public void Version_2_adds_method_and_url(string method, string body, string expected) =>
        Assert.Equal(expected, HubSpotSignature.V2(OfficialSecret, method, OfficialUrl, Bytes(body)));

    [Theory]
    [InlineData(OfficialSecret, OfficialUrl, OfficialBody, "15000000", "HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=")]
    [InlineData(OwnSecret, OwnUrl, Event, "1767225601000", "u+GIFLA+4tpug75YETGDdKakOd0CoTQ0PEpdw8nABCw=")]
    [InlineData(OwnSecret, OwnUrl, """[{"propertyValue":"Zoë – 株式会社"}]""", "1767225601000", "8g+jQR1+xHCiYkUhZe8gf8gkX6rfVkjfUfqrIbr9cig=")]
    public void Version_3_is_keyed_and_timed(string secret, string url, string body, string timestamp, string expected) =>
        Assert.Equal(expected, HubSpotSignature.V3(secret, "POST", url, Bytes(body), timestamp));

    [Fact]
    public void Version_3_decodes_the_escapes_that_HubSpot_names_and_no_others()
    {
        var signature = HubSpotSignature.V3(OwnSecret, "POST", OwnUrl + "?src=hs%3Aapp%2Fv3&x=%28a%29%20b", Bytes("[]"), "1767225601000");

        Assert.Equal("fior5JhgBCunOtVBvPiWsHnyOdhlJ5KgVL5Td+5DnGo=", signature);
        Assert.NotEqual("x5dhLRs4ptCkYkH1LFoebW+jrOiHt1MtX0f68M7IqSA=", signature);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
