using System.Net;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

/// <summary>What may be answered at the token endpoint. Only Pipedrive's own word ends a grant.</summary>
public sealed class PipedriveGrantTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, "text/html", "<html>Attention Required! refresh_token invalid</html>")]
    [InlineData(403, "application/json", """{"error":"access_denied"}""")]
    [InlineData(400, "text/html", "<html>400 Bad Request: invalid refresh_token</html>")]
    [InlineData(400, "application/json", """{"success":false,"error":"invalid_request","message":"grant_type is missing or not supported"}""")]
    [InlineData(400, "application/json", """{"success":false,"message":"The parameter refresh_token must be used with grant_type refresh_token"}""")]
    [InlineData(400, "application/json", """{"success":false,"message":"Unknown error, the authorization code could not be exchanged"}""")]
    [InlineData(302, "text/html", "")]
    [InlineData(404, "text/html", "<html>no route</html>")]
    [InlineData(200, "text/html", "<html>Sign in to the network</html>")]
    public async Task Somebody_on_the_way_ends_no_grant(int status, string type, string body)
    {
        var error = await ErrorOfAsync(status, type, body);

        Assert.Equal((CrmFailure.Transient, false), (error.Failure, error.OutcomeUnknown));
        Assert.DoesNotContain("auth login", error.Repair ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "application/json", """{"error":"invalid_grant"}""", "auth login main")]
    [InlineData(401, "application/json", """{"success":false,"error":"invalid_grant","message":"Invalid refresh_token"}""", "auth login main")]
    [InlineData(400, "application/json", """{"success":false,"message":"Invalid refresh_token"}""", "auth login main")]
    [InlineData(400, "text/plain", "Invalid or expired authorization_code", "auth login main")]
    [InlineData(400, "application/json", """{"success":false,"message":"The refresh_token has been used already"}""", "auth login main")]
    [InlineData(400, "application/json", """{"success":false,"message":"refresh token was exchanged before"}""", "auth login main")]
    [InlineData(400, "application/json", """{"success":false,"error":"refresh_token not found"}""", "auth login main")]
    [InlineData(400, "application/json", """{"success":false,"error":"invalid_client","message":"Client credentials are missing or wrong"}""", "ClientSecret")]
    public async Task Pipedrives_own_word_asks_for_a_person(int status, string type, string body, string repair)
    {
        var error = await ErrorOfAsync(status, type, body);

        Assert.Equal(CrmFailure.Unauthorised, error.Failure);
        Assert.Contains(repair, error.Repair, StringComparison.Ordinal);
    }

    private static async Task<CrmException> ErrorOfAsync(int status, string type, string body)
    {
        using var network = new StubNetwork((request, _) => request.RequestUri!.Host == "oauth.pipedrive.com" ? Answer(status, type, body) : PipedriveHarness.Answer(request));
        var harness = new PipedriveHarness(network);
        var adapter = harness.Adapter(PipedriveHarness.Connection with { Token = null, ClientId = "id", ClientSecret = new("cs"), RefreshToken = new("same") });
        var reading = adapter.ReadAsync([PipedriveHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop);
        while (await Task.WhenAny(reading, Task.Delay(20, Stop)) != reading)
            harness.Time.Advance(TimeSpan.FromSeconds(1));
        return await Assert.ThrowsAsync<CrmException>(() => reading);
    }

    private static HttpResponseMessage Answer(int status, string type, string body)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (status == 302)
            answer.Headers.Location = new("https://login.example/");
        return answer;
    }
}
