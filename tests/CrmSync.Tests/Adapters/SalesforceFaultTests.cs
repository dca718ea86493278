using System.Net;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Tests.Adapters;

/// <summary>One answer at a time that a real org may give, or somebody in its place.</summary>
public sealed class SalesforceFaultTests
{
    private const string Updates = "/services/data/v68.0/composite/sobjects";
    private static readonly LeadWrite One = Write(SalesforceHarness.Lead);
    private static readonly LeadWrite Two = Write(SalesforceHarness.Other);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://evil.example/services/data/v68.0/query/01g")]
    [InlineData("//evil.example/services/data/v68.0/query/01g")]
    [InlineData("/services/data/v68.0/../../oauth2/revoke")]
    [InlineData("/services/oauth2/token")]
    [InlineData("/services/data/v68.0/query/01g?x=y")]
    [InlineData("/services/data/v68.0/query/01g\\\\evil")]
    public async Task A_next_page_that_is_none_of_its_own_is_not_fetched(string url)
    {
        var page = $$"""{"compositeResponse":[{{string.Join(",", Enumerable.Range(0, 5).Select(i => $$"""{"body":{"totalSize":9,"done":false,"nextRecordsUrl":"{{url}}","records":[]},"httpStatusCode":200,"referenceId":"q{{i}}"}"""))}}]}""";
        var (adapter, network) = Adapter(_ => StubNetwork.Json(page));

        Assert.Equal(CrmFailure.Refused, (await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter))).Failure);
        Assert.DoesNotContain(network.Calls, c => c.Path.Contains("01g", StringComparison.Ordinal) || c.Path.Contains("revoke", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Follows_the_next_page_word_for_word()
    {
        const string next = "/services/data/v68.0/query/01gRO0000016PIAYA2-500";
        var (adapter, network) = Adapter(request => StubNetwork.Json(request.RequestUri!.AbsolutePath switch
        {
            next => """{"totalSize":2,"done":true,"records":[{"Id":"005AA0000000003AAA","Name":"Bo","IsActive":true}]}""",
            var path when path.EndsWith("/query", StringComparison.Ordinal) => $$"""{"totalSize":2,"done":false,"nextRecordsUrl":"{{next}}","records":[{"Id":"{{SalesforceHarness.Rep}}","Name":"Ida","IsActive":false}]}""",
            _ => SalesforceHarness.Composite(),
        }));

        var users = await adapter.UsersAsync(Stop);

        Assert.Equal([("Ida", false), ("Bo", true)], users.Select(u => (u.Name!, u.Active)));
        Assert.Single(network.Calls, c => c.Path == next);
    }

    [Fact]
    public async Task The_days_limit_parks_the_work_after_one_call()
    {
        var (adapter, network) = Adapter(_ => StubNetwork.Json("""[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""", 403));

        var parked = await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));

        Assert.Equal((CrmFailure.RateLimited, SalesforceHarness.Start.AddHours(1)), (parked.Failure, parked.RetryAt));
        var calls = network.Calls.Count;
        await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));
        Assert.Equal(calls, network.Calls.Count);
    }

    [Fact]
    public async Task Too_many_long_calls_at_once_are_waited_out()
    {
        var refused = 0;
        var harness = new SalesforceHarness(Network(request => request.RequestUri!.AbsolutePath.EndsWith("/composite", StringComparison.Ordinal) && refused++ < 2
            ? StubNetwork.Json("""[{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""", 403)
            : Answer(request)));
        var reading = ReadAsync(harness.Adapter());
        while (await Task.WhenAny(reading, Task.Delay(20, Stop)) != reading)
            harness.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CrmReadingKind.Found, (await reading).Kind);
        Assert.InRange((harness.Time.GetUtcNow() - SalesforceHarness.Start).TotalSeconds, 9, 30);
    }

    [Theory]
    [InlineData("api-usage=18/20")]
    [InlineData("api-bursts=1/750; api-usage=18/20;per-app-api-usage=17/250(appName=crmsync)")]
    public async Task Keeps_to_its_share_of_the_day_whatever_else_the_header_says(string header)
    {
        var network = Network(request =>
        {
            var answer = Answer(request);
            answer.Headers.Add("Sforce-Limit-Info", header);
            return answer;
        });
        var adapter = new SalesforceHarness(network).Adapter(SalesforceHarness.Connection with { QuotaShare = 0.5 });

        var parked = await Assert.ThrowsAsync<CrmException>(async () =>
        {
            for (var i = 0; i < 50; i++)
                await ReadAsync(adapter);
        });

        Assert.Equal(CrmFailure.RateLimited, parked.Failure);
        Assert.Equal(10, network.Calls.Count(c => !c.Path.Contains("oauth2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(403, "", "token")]
    [InlineData(403, "<html>go away</html>", "token")]
    [InlineData(403, """[{"message":"m","errorCode":"API_DISABLED_FOR_ORG"}]""", "API Enabled")]
    [InlineData(410, """[{"message":"m","errorCode":"GONE"}]""", "ApiVersion")]
    public async Task A_refusal_tells_what_to_mend(int status, string body, string repair)
    {
        var (adapter, _) = Adapter(_ => StubNetwork.Json(body, status));

        Assert.Contains(repair, (await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter))).Repair);
    }

    [Theory]
    [InlineData(403, "INSUFFICIENT_ACCESS", CrmFailure.Refused)]
    [InlineData(403, "API_DISABLED_FOR_ORG", CrmFailure.Refused)]
    [InlineData(400, "QUERY_TIMEOUT", CrmFailure.Transient)]
    [InlineData(503, "SERVER_UNAVAILABLE", CrmFailure.Transient)]
    [InlineData(410, "GONE", CrmFailure.Refused)]
    [InlineData(404, "NOT_FOUND", CrmFailure.NotFound)]
    [InlineData(400, "MALFORMED_QUERY", CrmFailure.Refused)]
    public async Task Each_refusal_is_of_its_kind_and_tells_no_value(int status, string code, CrmFailure failure)
    {
        var (adapter, _) = Adapter(_ => StubNetwork.Json($$"""[{"message":"secret@person.dk did it","errorCode":"{{code}}"}]""", status));

        var error = await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));

        Assert.Equal(failure, error.Failure);
        Assert.DoesNotContain("secret@person.dk", error.ToString());
    }

    [Theory]
    [InlineData(200, "text/html", "<html>maintenance</html>")]
    [InlineData(414, "text/html", "<html>too long</html>")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(200, "application/json", """{"compositeResponse":[]}""")]
    [InlineData(204, "application/json", "")]
    public async Task An_answer_that_is_none_is_no_empty_one(int status, string type, string body)
    {
        var (adapter, _) = Adapter(_ => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) });

        await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));
    }

    [Fact]
    public async Task Rows_are_known_by_their_place_where_a_failed_one_has_no_id()
    {
        var (adapter, network) = Adapter(request => request.RequestUri!.AbsolutePath == Updates
            ? StubNetwork.Json($$"""[{"success":false,"errors":[{"statusCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"Anna must not","fields":["Title"]}]},{"id":"{{Two.LeadId}}","success":true,"errors":[]}]""")
            : Answer(request, ReadBack(Two)));

        var results = await adapter.WriteAsync([One, Two], Stop);

        Assert.Equal([WriteOutcome.Refused, WriteOutcome.Applied], results.Select(r => r.Outcome));
        Assert.Equal("FIELD_CUSTOM_VALIDATION_EXCEPTION Title", results[0].Reason);
        Assert.Contains("\"allOrNone\":false", network.Calls.Single(c => c.Path == Updates).Body);
    }

    [Theory]
    [InlineData("CANNOT_UPDATE_CONVERTED_LEAD", "", WriteOutcome.Gone)]
    [InlineData("ENTITY_IS_DELETED", "", WriteOutcome.Gone)]
    [InlineData("INVALID_CROSS_REFERENCE_KEY", "", WriteOutcome.Gone)]
    [InlineData("INVALID_CROSS_REFERENCE_KEY", "\"OwnerId\"", WriteOutcome.Refused)]
    [InlineData("UNABLE_TO_LOCK_ROW", "", WriteOutcome.NotSent)]
    [InlineData("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "\"Lifecycle_Stage__c\"", WriteOutcome.Refused)]
    [InlineData("UNKNOWN_EXCEPTION", "", WriteOutcome.Unknown)]
    [InlineData("REQUEST_RUNNING_TOO_LONG", "", WriteOutcome.Unknown)]
    [InlineData("A_CODE_OF_NEXT_YEAR", "", WriteOutcome.Refused)]
    public async Task Each_refusal_of_a_row_has_its_consequence(string code, string fields, WriteOutcome outcome)
    {
        var (adapter, _) = Adapter(request => request.RequestUri!.AbsolutePath == Updates
            ? StubNetwork.Json($$"""[{"success":false,"errors":[{"statusCode":"{{code}}","message":"Anna","fields":[{{fields}}]}]}]""")
            : Answer(request));

        Assert.Equal(outcome, (await adapter.WriteAsync([One], Stop)).Single().Outcome);
    }

    [Theory]
    [InlineData("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", WriteOutcome.NotSent)]
    [InlineData("CANNOT_EXECUTE_FLOW_TRIGGER", WriteOutcome.NotSent)]
    [InlineData("FIELD_CUSTOM_VALIDATION_EXCEPTION", WriteOutcome.Refused)]
    public async Task A_lock_that_an_orgs_trigger_or_flow_met_passes_too(string code, WriteOutcome outcome)
    {
        var (adapter, _) = Adapter(request => request.RequestUri!.AbsolutePath == Updates
            ? StubNetwork.Json($$"""[{"success":false,"errors":[{"statusCode":"{{code}}","message":"The flow failed: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access","fields":[]}]}]""")
            : Answer(request));

        Assert.Equal(outcome, (await adapter.WriteAsync([One], Stop)).Single().Outcome);
    }

    [Fact]
    public async Task What_was_seen_before_stays_the_condition_however_long_the_rows_before_take()
    {
        var conditions = new List<DateTimeOffset?>();
        SalesforceHarness harness = null!;
        string Touched(string id) => SalesforceHarness.Record(id).Replace($"\"LastModifiedById\":\"{SalesforceHarness.Us}\"", $"\"LastModifiedById\":\"{SalesforceHarness.Rep}\"", StringComparison.Ordinal)
            .Replace("\"LastModifiedDate\":\"2026-01-02T07:00:00.000+0000\"", $"\"LastModifiedDate\":\"{SalesforceHarness.Start:yyyy-MM-dd'T'HH:mm:ss}.000+0000\"", StringComparison.Ordinal);
        harness = new(Network(request =>
        {
            if (request.Method != HttpMethod.Patch)
                return Answer(request, $"{Touched(One.LeadId)},{Touched(Two.LeadId)}");
            conditions.Add(request.Headers.IfUnmodifiedSince);
            harness.Time.Advance(TimeSpan.FromMinutes(2));
            return new(HttpStatusCode.NoContent);
        }));

        await harness.Adapter().WriteAsync([One, Two], Stop);

        Assert.Equal([SalesforceHarness.Start, SalesforceHarness.Start], conditions);
    }

    [Fact]
    public async Task Contacts_are_asked_for_in_no_address_that_is_too_long()
    {
        var roles = string.Join(',', Enumerable.Range(0, 900).Select(i => $$"""{"Id":"00KAA{{i:D9}}1AAA","OpportunityId":"006AA0000000001","ContactId":"003AA{{i:D9}}1AAA"}"""));
        var (adapter, network) = Adapter(request => request.RequestUri!.AbsoluteUri.Length > 16_384
            ? new(HttpStatusCode.RequestUriTooLong) { Content = new StringContent("<html>too long</html>", Encoding.UTF8, "text/html") }
            : StubNetwork.Json(Body(request).Contains("ConvertedContactId+", StringComparison.Ordinal) || Body(request).Contains("ConvertedContactId%20", StringComparison.Ordinal)
                ? SalesforceHarness.Composite($$"""{"Id":"{{SalesforceHarness.Lead}}","ConvertedContactId":"003AA0000000001AAA"}""")
                : SalesforceHarness.Composite("", roles)));

        var leads = await adapter.LeadsOfAsync("opportunities", ["006AA0000000001"], Stop);

        Assert.Equal([SalesforceHarness.Lead], leads["006AA0000000001"].Distinct());
        Assert.DoesNotContain(network.Calls, c => c.Path.EndsWith("/queryAll", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"id":"00QAA0000000009AAA","success":true,"errors":[]}]""")]
    [InlineData("""[null]""")]
    [InlineData("""[{"success":false,"errors":[]}]""")]
    public async Task An_answer_that_does_not_tell_of_the_row_leaves_it_unknown(string body)
    {
        var (adapter, _) = Adapter(request => request.RequestUri!.AbsolutePath == Updates ? StubNetwork.Json(body) : Answer(request));

        Assert.Equal(WriteOutcome.Unknown, (await adapter.WriteAsync([One], Stop)).Single().Outcome);
    }

    [Theory]
    [InlineData("MQL", "other-marker", WriteOutcome.Unknown)]
    [InlineData("SQL", "m", WriteOutcome.Unchanged)]
    [InlineData("MQL", "m", WriteOutcome.Applied)]
    public async Task A_success_is_believed_once_the_values_are_read_back(string stage, string marker, WriteOutcome outcome)
    {
        var (adapter, _) = Adapter(request => request.RequestUri!.AbsolutePath == Updates
            ? StubNetwork.Json($$"""[{"id":"{{One.LeadId}}","success":true,"errors":[]}]""")
            : Answer(request, SalesforceHarness.Record(more: $$""","crmsync_marker__c":"{{marker}}","Lifecycle_Stage__c":"{{stage}}" """).Replace("\"Lifecycle_Stage__c\":\"Lead\",", "", StringComparison.Ordinal)));

        Assert.Equal(outcome, (await adapter.WriteAsync([One], Stop)).Single().Outcome);
    }

    [Theory]
    [InlineData("\"003AA0000000001AAA\"")]
    [InlineData("null")] // to a contact that we may not see
    public async Task A_lead_that_was_converted_right_after_our_write_was_written(string contact)
    {
        var converted = ReadBack(One).Replace("\"IsConverted\":false", $"\"IsConverted\":true,\"ConvertedContactId\":{contact}", StringComparison.Ordinal);
        var (adapter, _) = Adapter(request => request.RequestUri!.AbsolutePath == Updates
            ? StubNetwork.Json($$"""[{"id":"{{One.LeadId}}","success":true,"errors":[]}]""") : Answer(request, converted));

        var result = (await adapter.WriteAsync([One], Stop)).Single();

        Assert.Equal((WriteOutcome.Applied, null), (result.Outcome, result.Shown));
    }

    [Fact]
    public async Task A_batch_refused_as_a_whole_is_halved()
    {
        var (adapter, network) = Adapter(request => request.RequestUri!.AbsolutePath == Updates && Body(request).Contains(One.LeadId, StringComparison.Ordinal)
            ? StubNetwork.Json("""[{"message":"bad json","errorCode":"JSON_PARSER_ERROR"}]""", 400)
            : request.RequestUri.AbsolutePath == Updates ? StubNetwork.Json($$"""[{"id":"{{Two.LeadId}}","success":true,"errors":[]}]""")
            : Answer(request, ReadBack(Two)));

        var results = await adapter.WriteAsync([One, Two], Stop);

        Assert.Equal([WriteOutcome.Refused, WriteOutcome.Applied], results.Select(r => r.Outcome));
        Assert.Equal(3, network.Calls.Count(c => c.Path == Updates));
    }

    [Fact]
    public async Task Sends_null_to_empty_a_field_and_a_number_as_one()
    {
        var (adapter, network) = Adapter(request => request.RequestUri!.AbsolutePath == Updates ? StubNetwork.Json("[]") : Answer(request));

        await adapter.WriteAsync([One], Stop);

        var body = network.Calls.Single(c => c.Path == Updates).Body;
        Assert.Contains("\"crmsync_decision__c\":null", body);
        Assert.Contains("\"crmsync_fit__c\":75", body);
        Assert.Contains("\"Lifecycle_Stage__c\":\"MQL\"", body);
    }

    private static LeadWrite Write(string id) => new(
        id, "t", StageStep.Set, LifecycleStage.MarketingQualified,
        new Dictionary<string, string?> { [HandoverFields.Marker] = "m", [HandoverFields.Fit] = "75", [HandoverFields.Decision] = null });

    private static string ReadBack(LeadWrite write) => SalesforceHarness.Record(write.LeadId, ""","crmsync_marker__c":"m" """).Replace("\"Lead\",\"Email", "\"MQL\",\"Email", StringComparison.Ordinal);

    private static (ICrmAdapter Adapter, StubNetwork Network) Adapter(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        var network = Network(answer);
        return (new SalesforceHarness(network).Adapter(), network);
    }

    private static StubNetwork Network(Func<HttpRequestMessage, HttpResponseMessage> answer) => new((request, _) => request.RequestUri!.AbsolutePath switch
    {
        "/services/oauth2/token" => StubNetwork.Json(SalesforceHarness.TokenBody()),
        var path when path.EndsWith("/describe", StringComparison.Ordinal) => Answer(request),
        _ => answer(request),
    });

    private static HttpResponseMessage Answer(HttpRequestMessage request, params string[] records) => StubNetwork.Json(
        request.RequestUri!.AbsolutePath is var path && path.EndsWith("/describe", StringComparison.Ordinal)
            ? SalesforceHarness.Describe(path.Split('/')[^2])
            : SalesforceHarness.Composite(records is [] ? [SalesforceHarness.Record()] : records));

    private static string Body(HttpRequestMessage request) => request.Content!.ReadAsStringAsync(Stop).GetAwaiter().GetResult();

    private static async Task<CrmReading> ReadAsync(ICrmAdapter adapter) =>
        Assert.Single(await adapter.ReadAsync([SalesforceHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop));
}
