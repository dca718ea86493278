using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Tests.Adapters;

/// <summary>Fields that people gave other names, seen by a process that knows nothing of before.</summary>
public sealed class PipedriveSignTests
{
    /// <summary>Whose clock stands still must not come near the end of a burst.</summary>
    private static readonly CrmConnection Unhurried = PipedriveHarness.With(("RequestsPer2Seconds", "400"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_field_that_set_up_makes_is_signed()
    {
        var network = Network("""{"success":true,"data":[],"additional_data":{"next_cursor":null}}""");

        await new PipedriveHarness(network).Adapter(Unhurried).SetupAsync(planOnly: false, Stop);

        var made = network.Calls.Where(IsMade).Select(c => c.Body).ToList();
        foreach (var field in HandoverFields.Of(withReports: false))
            Assert.Single(made, body => body.Contains($"\"description\":\"CrmSync: {field.Name}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CrmSync: crmsync_decision_text")]
    [InlineData("Ask Mia what to write.\nCrmSync: crmsync_decision_text, please keep.")]
    public async Task One_that_was_renamed_is_known_by_its_sign(string description)
    {
        var network = Network(Renamed("Comment on answer", "The customer's words", description));
        var harness = new PipedriveHarness(network);

        var problems = await harness.Adapter().CheckAsync(Stop);
        var steps = await harness.Adapter(Unhurried).SetupAsync(planOnly: false, Stop);

        Assert.DoesNotContain(problems, p => p.Code == "property-missing" && p.Reach == ProblemReach.Writing);
        Assert.Equal(SetupOutcome.Exists, Assert.Single(steps, s => s.Name == "The customer's words").Outcome);
        Assert.DoesNotContain(network.Calls.Where(IsMade), c => c.Body.Contains("Comment on answer", StringComparison.Ordinal));
    }

    /// <summary>The sign of one begins as that of another does.</summary>
    [Theory]
    [InlineData("CrmSync: crmsync_decision_text_of_old")]
    [InlineData("Shown beside crmsync_decision_text")]
    public async Task No_sign_is_taken_for_anothers(string description)
    {
        var adapter = new PipedriveHarness(Network(Renamed("Comment on answer", "The customer's words", description))).Adapter();

        Assert.EndsWith(HandoverFields.DecisionText, Assert.Single(await adapter.CheckAsync(Stop), p => p.Code == "property-missing").Setting);
    }

    [Fact]
    public async Task Two_with_one_sign_are_told()
    {
        var sign = $"CrmSync: {HandoverFields.Why}";
        var fields = Renamed("Why this lead", "Reasons", sign).Replace("\"data\":[",
            $$"""
            "data":[{"field_name":"Reasons (old)","field_code":"{{new string('e', 40)}}","field_type":"text","is_custom_field":true,"options":null,"description":"{{sign}}"},
            """.Trim(), StringComparison.Ordinal);

        var problem = Assert.Single(await new PipedriveHarness(Network(fields)).Adapter().CheckAsync(Stop), p => p.Code == "field-ambiguous");

        Assert.Equal((ProblemReach.Writing, true), (problem.Reach, problem.Setting.EndsWith(HandoverFields.Why, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_plan_that_takes_no_more_fields_is_told_with_the_sign()
    {
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath != "/api/v2/dealFields" ? PipedriveHarness.Answer(r) : r.Method == HttpMethod.Get
            ? StubNetwork.Json(PipedriveHarness.Fields(null, PipedriveHarness.Key(HandoverFields.Why)))
            : StubNetwork.Json("""{"success":false,"error":"limit","code":"feature_capping_custom_fields_limit"}""", 403));

        var steps = await new PipedriveHarness(network).Adapter(Unhurried).SetupAsync(planOnly: false, Stop);

        Assert.Contains("description 'CrmSync: crmsync_why'", Assert.Single(steps, s => s.Name == "Why this lead").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_with_two_fields_of_its_name_is_told_and_read_from_the_first()
    {
        var network = new StubNetwork((r, _) => r.RequestUri!.AbsolutePath switch
        {
            "/api/v2/organizationFields" => StubNetwork.Json($$$"""{"success":true,"data":[{{{Own("Employees", 'a')}}},{{{Own("employees", 'b')}}},{{{Own("Domain", 'c')}}}],"additional_data":{"next_cursor":null}}"""),
            _ => PipedriveHarness.Answer(r),
        });

        var problem = Assert.Single(await new PipedriveHarness(network).Adapter().CheckAsync(Stop), p => p.Code == "field-ambiguous");

        Assert.Equal((ProblemReach.Hint, true), (problem.Reach, problem.Setting.EndsWith(WellKnownFacts.CompanyEmployees, StringComparison.Ordinal)));
        Assert.Contains(new string('a', 40), problem.Problem, StringComparison.Ordinal);
    }

    private static string Own(string name, char key) =>
        $$"""{"field_name":"{{name}}","field_code":"{{new string(key, 40)}}","field_type":"double","is_custom_field":true,"options":null}""";

    private static string Renamed(string name, string now, string description) => PipedriveHarness.Fields()
        .Replace($"\"field_name\":\"{name}\"", $"\"field_name\":\"{now}\",\"description\":{System.Text.Json.JsonSerializer.Serialize(description)}", StringComparison.Ordinal);

    private static bool IsMade((string Method, string Path, string Body, string? Token) call) => call is { Method: "POST", Path: "/api/v2/dealFields" };

    private static StubNetwork Network(string fields) => new((r, _) => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" && r.Method == HttpMethod.Get
        ? StubNetwork.Json(fields)
        : r.RequestUri.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json($$$"""{"success":true,"data":{"field_code":"{{{new string('d', 40)}}}"}}""") : PipedriveHarness.Answer(r));
}
