using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Tests.Adapters;

/// <summary>A company has fields of its own, and some are called as ours are.</summary>
public sealed class PipedriveOwnFieldsTests
{
    private static readonly string OwnKey = new('e', 40);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Interest", "enum", """[{"id":1,"label":"Solar"},{"id":2,"label":"Heat pumps"}]""", HandoverFields.Interest, "44")]
    [InlineData("Interest", "varchar", "null", HandoverFields.Interest, "44")]
    [InlineData("Answer on lead", "enum", """[{"id":1,"label":"Called"}]""", HandoverFields.Decision, "accept")]
    [InlineData("Answer by", "double", "null", HandoverFields.Due, "2026-01-05T08:00:00.000Z")]
    public async Task One_that_cannot_be_ours_is_not_written_into(string name, string type, string options, string field, string value)
    {
        var network = Network(PipedriveHarness.Fields(null, PipedriveHarness.Key(field)), Own(name, type, options));
        var adapter = new PipedriveHarness(network).Adapter();

        var problems = await adapter.CheckAsync(Stop);
        var result = (await adapter.WriteAsync([new(PipedriveHarness.Lead, "t", StageStep.Keep, null, new Dictionary<string, string?> { [HandoverFields.Marker] = "m", [field] = value })], Stop))[0];

        Assert.EndsWith($":{field}", Assert.Single(problems, p => p.Code == "property-missing").Setting);
        Assert.Equal((WriteOutcome.NotSent, $"field-missing {field}"), (result.Outcome, result.Reason));
        Assert.DoesNotContain(network.Calls, c => c.Method == "PATCH");
    }

    [Fact]
    public async Task Set_up_asks_before_it_takes_one_that_was_there()
    {
        var network = Network("""{"success":true,"data":[],"additional_data":{"next_cursor":null}}""", Own("Interest", "double", "null"));

        var steps = await new PipedriveHarness(network).Adapter().SetupAsync(planOnly: false, Stop);

        Assert.All(steps.Where(s => s.What is "field" or "fields"), s => Assert.Equal(SetupOutcome.Manual, s.Outcome));
        Assert.Contains($"Fields: {HandoverFields.Interest}={OwnKey}", Assert.Single(steps, s => s.Name == HandoverFields.Interest).Detail);
        Assert.DoesNotContain(network.Calls, c => c.Method == "POST" && c.Path.EndsWith("/dealFields", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_was_named_and_cannot_hold_the_value_is_told()
    {
        var adapter = new PipedriveHarness(Network(PipedriveHarness.Fields(), Own("Warmth", "varchar", "null"))).Adapter(PipedriveHarness.With(("Fields", $"{HandoverFields.Interest}={OwnKey}")));

        var problem = Assert.Single(await adapter.CheckAsync(Stop), p => p.Code == "property-type");

        Assert.Equal(ProblemReach.Writing, problem.Reach);
        Assert.Contains("Warmth", problem.Problem);
    }

    [Fact]
    public async Task No_decision_waits_for_a_field_that_is_there_for_reports_alone()
    {
        var report = HandoverFields.Of(withReports: true).Except(HandoverFields.Of(withReports: false)).First(f => f.Type == HandoverFieldType.ShortText).Name;
        var network = Network(PipedriveHarness.Fields(null, PipedriveHarness.Key(report)), null);
        var adapter = new PipedriveHarness(network).Adapter();

        await adapter.WriteAsync([new(PipedriveHarness.Lead, "t", StageStep.Keep, null, new Dictionary<string, string?> { [report] = "x", [HandoverFields.Marker] = "m" })], Stop);

        Assert.Contains(PipedriveHarness.Key(HandoverFields.Marker), Assert.Single(network.Calls, c => c.Method == "PATCH").Body);
    }

    /// <summary>Somebody deleted the field, and setup made another: the readings go by the fields of hours ago.</summary>
    [Fact]
    public async Task An_answer_in_a_field_that_was_made_anew_is_seen_at_once()
    {
        var anew = false;
        var (former, accept) = (PipedriveHarness.Key(HandoverFields.Decision), "");
        var network = new StubNetwork((request, _) => request.RequestUri!.AbsolutePath switch
        {
            "/api/v2/dealFields" => StubNetwork.Json(anew ? PipedriveHarness.Fields().Replace(former, OwnKey, StringComparison.Ordinal) : PipedriveHarness.Fields()),
            var path when anew && path.EndsWith(PipedriveHarness.Lead, StringComparison.Ordinal) => StubNetwork.Json(PipedriveHarness.LeadBody(more: $",\"{OwnKey}\":{accept}")),
            _ => PipedriveHarness.Answer(request),
        });
        var adapter = new PipedriveHarness(network).Adapter();
        accept = PipedriveFieldId(HandoverFields.Decision, "accept");
        var before = await ReadAsync(adapter);

        anew = true;
        var after = await ReadAsync(adapter);
        var asked = network.Calls.Count(c => c.Path == "/api/v2/dealFields");
        await ReadAsync(adapter);

        Assert.Equal((null, "accept"), (before.Fields.GetValueOrDefault(HandoverFields.Decision), after.Fields.GetValueOrDefault(HandoverFields.Decision)));
        Assert.Equal(asked, network.Calls.Count(c => c.Path == "/api/v2/dealFields"));
    }

    /// <summary>One that our user may not see is in no list of fields, however often it is asked for.</summary>
    [Fact]
    public async Task A_field_that_no_list_knows_is_asked_about_once()
    {
        var network = new StubNetwork((request, _) => request.RequestUri!.AbsolutePath.Contains("/leads/", StringComparison.Ordinal)
            ? StubNetwork.Json(PipedriveHarness.LeadBody(more: $",\"{OwnKey}\":\"x\""))
            : PipedriveHarness.Answer(request));
        var adapter = new PipedriveHarness(network).Adapter();

        for (var i = 0; i < 3; i++)
            await ReadAsync(adapter);

        Assert.Equal(2, network.Calls.Count(c => c.Path == "/api/v2/dealFields"));
    }

    [Fact]
    public async Task What_the_account_lacks_is_told_as_the_accounts_matter()
    {
        var adapter = new PipedriveHarness(Network(PipedriveHarness.Fields(null, PipedriveHarness.Key(HandoverFields.Due)), null)).Adapter();

        var result = (await adapter.WriteAsync([new(PipedriveHarness.Lead, "t", StageStep.Keep, null, new Dictionary<string, string?> { [HandoverFields.Due] = null })], Stop))[0];

        Assert.Equal((WriteOutcome.NotSent, true), (result.Outcome, result.IsOfAccount));
    }

    private static async Task<CrmLead> ReadAsync(ICrmAdapter adapter) =>
        (await adapter.ReadAsync([PipedriveHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop))[0].Lead!;

    /// <summary>The id of an option in the harness's account.</summary>
    private static string PipedriveFieldId(string field, string value)
    {
        var options = HandoverFields.All.SelectMany(f => f.Options.Select(o => (f.Name, o.Value))).ToList();
        return $"{10 + options.IndexOf((field, value))}";
    }

    private static string Own(string name, string type, string options) =>
        $$"""{"field_name":"{{name}}","field_code":"{{OwnKey}}","field_type":"{{type}}","is_custom_field":true,"options":{{options}}}""";

    private static StubNetwork Network(string fields, string? own) => new((request, _) => request.RequestUri!.AbsolutePath == "/api/v2/dealFields"
        ? StubNetwork.Json(own is null ? fields : fields.Replace("\"data\":[", $"\"data\":[{own},", StringComparison.Ordinal).Replace(",],", "],", StringComparison.Ordinal))
        : PipedriveHarness.Answer(request));
}
