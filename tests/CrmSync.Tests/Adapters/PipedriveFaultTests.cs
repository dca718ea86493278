using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Tests.Adapters;

/// <summary>One answer at a time that a real account may give, or somebody in its place.</summary>
public sealed class PipedriveFaultTests
{
    private const string Secret = "secret@person.dk";
    private const string Other = "0b1c2d3e-0000-11f0-8000-00000000000b";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"success":false,"error":"Scope and URL mismatch","errorCode":403,"error_info":"secret@person.dk"}""", CrmFailure.Refused, "scopes")]
    [InlineData("""{"success":false,"error":"Forbidden for secret@person.dk","error_info":"x","data":null}""", CrmFailure.Refused, "right")]
    [InlineData("""{"success":false,"error":"secret@person.dk","code":"feature_capping_deals_limit"}""", CrmFailure.Refused, "plan")]
    [InlineData("""{"success":false,"error":"API access is disabled for secret@person.dk","errorCode":403}""", CrmFailure.Unauthorised, "permission set")]
    public async Task Four_refusals_of_one_status_are_told_apart(string body, CrmFailure failure, string repair)
    {
        var (adapter, _, _) = Adapter(r => IsLead(r) ? StubNetwork.Json(body, 403) : null);

        var error = await Assert.ThrowsAsync<CrmException>(() => adapter.ReadAsync([PipedriveHarness.Lead, Other], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop));

        Assert.Equal(failure, error.Failure);
        Assert.Contains(repair, error.Repair);
        Assert.DoesNotContain(Secret, error.ToString());
    }

    [Fact]
    public async Task A_single_record_that_the_user_may_not_see_stops_no_other()
    {
        var (adapter, _, _) = Adapter(r => r.RequestUri!.AbsolutePath.EndsWith(Other, StringComparison.Ordinal)
            ? StubNetwork.Json("""{"success":false,"error":"Forbidden for secret@person.dk"}""", 403) : null);

        var readings = await adapter.ReadAsync([PipedriveHarness.Lead, Other], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop);

        Assert.Equal([CrmReadingKind.Found, CrmReadingKind.Unreadable], readings.Select(r => r.Kind));
        Assert.DoesNotContain(Secret, readings[1].Reason);
        Assert.Contains("Give the token's user the right", readings[1].Reason, StringComparison.Ordinal);
        Assert.False(readings[1].IsPassing);
    }

    [Theory]
    [InlineData("deals", "77")]
    [InlineData("activities", "8")]
    public async Task What_somebody_hid_from_our_user_leads_to_no_lead_and_holds_nothing_up(string stream, string id)
    {
        var (adapter, _, _) = Adapter(r => r.RequestUri!.AbsolutePath.StartsWith($"/api/v2/{stream}/", StringComparison.Ordinal) ? StubNetwork.Json(Hidden, 403) : null);

        Assert.Empty(await adapter.LeadsOfAsync(stream, [id], Stop));
        Assert.Empty(await adapter.LeadsOfAsync(stream, [id, "9"], Stop));
    }

    [Fact]
    public async Task A_person_who_is_hidden_hides_nobody_else()
    {
        var (adapter, _, _) = Adapter(r => r.RequestUri!.AbsolutePath switch
        {
            $"/api/v1/leads/{PipedriveHarness.Lead}" => StubNetwork.Json(PipedriveHarness.LeadBody().Replace("\"person_id\":null", "\"person_id\":1", StringComparison.Ordinal)),
            $"/api/v1/leads/{Other}" => StubNetwork.Json(PipedriveHarness.LeadBody(Other).Replace("\"person_id\":null", "\"person_id\":2", StringComparison.Ordinal)),
            "/api/v2/persons/1" => StubNetwork.Json("""{"success":true,"data":{"id":1,"emails":[{"value":"a@acme.dk","primary":true}],"open_deals_count":1,"won_deals_count":0,"activities_count":0}}"""),
            "/api/v2/persons/2" => StubNetwork.Json(Hidden, 403),
            _ => null,
        });

        var readings = await adapter.ReadAsync([PipedriveHarness.Lead, Other], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop);

        Assert.Equal([(true, true), (false, false)], readings.Select(r => (r.Lead!.Facts!["person.email"].IsKnown, r.Lead.Facts["deal.open"].IsKnown)));
    }

    [Fact]
    public async Task Who_may_change_no_lead_any_more_has_lost_a_right_and_no_lead_is_set_aside_for_it()
    {
        var isDenied = true;
        var (adapter, _, harness) = Adapter(r => r.Method == HttpMethod.Patch && (isDenied || r.RequestUri!.AbsolutePath.EndsWith(Other, StringComparison.Ordinal)) ? StubNetwork.Json(Hidden, 403) : null);
        LeadWrite one = Write(PipedriveHarness.Lead), other = Write(Other);

        var together = await Assert.ThrowsAsync<CrmException>(() => adapter.WriteAsync([one, other], Stop));
        var next = await Assert.ThrowsAsync<CrmException>(() => adapter.WriteAsync([Write("7d0c2f10-1611-11f1-8a51-0f2b6c0d9e77")], Stop));
        isDenied = false;
        harness.Time.Advance(TimeSpan.FromSeconds(5)); // the burst of two seconds
        await adapter.WriteAsync([one], Stop);
        var alone = await adapter.WriteAsync([other], Stop);
        harness.Time.Advance(TimeSpan.FromSeconds(5));
        var beside = await adapter.WriteAsync([one, other], Stop);

        Assert.Equal((CrmFailure.Refused, CrmFailure.Refused), (together.Failure, next.Failure));
        Assert.Equal(WriteOutcome.Refused, Assert.Single(alone).Outcome);
        Assert.Equal([false, true], beside.Select(r => r.Outcome == WriteOutcome.Refused));
    }

    [Theory]
    [InlineData("6", 60)]
    [InlineData("0", 60)]
    [InlineData("5000", 0)]
    public async Task A_purse_with_too_little_for_what_was_asked_is_as_good_as_empty(string left, int minutes)
    {
        var refused = 0;
        var (adapter, network, harness) = Adapter(r =>
        {
            if (r.RequestUri!.AbsolutePath != "/api/v2/dealFields" || refused++ > 0)
                return null;
            var answer = StubNetwork.Json("""{"success":false}""", 429);
            answer.Headers.Add("x-daily-ratelimit-token-remaining", left);
            return answer;
        });

        var reading = ReadAsync(adapter);
        while (minutes == 0 && await Task.WhenAny(reading, Task.Delay(20, Stop)) != reading)
            harness.Time.Advance(TimeSpan.FromSeconds(1));

        if (minutes == 0)
            Assert.Equal(CrmReadingKind.Found, (await reading).Kind);
        else
            Assert.Equal(PipedriveHarness.Start.AddMinutes(minutes), (await Assert.ThrowsAsync<CrmException>(() => reading)).RetryAt);
        Assert.Equal(minutes == 0 ? 2 : 1, network.Calls.Count(c => c.Path == "/api/v2/dealFields"));
    }

    [Theory]
    [InlineData("0", true, true)]
    [InlineData("0", false, false)]
    [InlineData("1", false, true)]
    public async Task An_activity_that_hangs_on_the_lead_alone_is_in_nobodys_count(string counted, bool isNamed, bool isSeen)
    {
        var (adapter, _, _) = Adapter(r => r.RequestUri!.AbsolutePath switch
        {
            var path when IsLead(r) => StubNetwork.Json(PipedriveHarness.LeadBody().Replace("\"person_id\":null", "\"person_id\":1", StringComparison.Ordinal)),
            "/api/v2/persons/1" => StubNetwork.Json($$$"""{"success":true,"data":{"id":1,"activities_count":{{{counted}}}}}"""),
            "/api/v2/activities/8" => StubNetwork.Json($$$"""{"success":true,"data":{{{Call}}}}"""),
            "/api/v2/activities" => StubNetwork.Json($$$"""{"success":true,"data":[{{{Call}}}],"additional_data":{"next_cursor":null}}"""),
            _ => null,
        });
        if (isNamed)
            await adapter.LeadsOfAsync("activities", ["8"], Stop);

        var lead = (await adapter.ReadAsync([PipedriveHarness.Lead], ReadDepth.Facts, FactCatalogue.BuiltIn, Stop))[0].Lead!;

        Assert.Equal(isSeen, lead.ContactedAt is not null);
    }

    [Fact]
    public async Task Set_up_makes_no_second_field_beside_one_that_was_renamed()
    {
        var (adapter, network, _) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" && r.Method == HttpMethod.Get
            ? StubNetwork.Json(PipedriveHarness.Fields().Replace("\"Lifecycle stage\"", "\"Phase\"", StringComparison.Ordinal).Replace("\"Answer on lead\"", "\"Our answer\"", StringComparison.Ordinal)) : null);

        var steps = await adapter.SetupAsync(false, Stop);

        Assert.Equal(2, steps.Count(s => s is { What: "field", Outcome: SetupOutcome.Manual }));
        Assert.Contains(steps, s => s.Detail?.Contains($"Mapping:Options:StageField: {PipedriveHarness.StageKey}", StringComparison.Ordinal) == true);
        Assert.Contains(steps, s => s.Detail?.Contains($"Mapping:Options:Fields: {HandoverFields.Decision}={PipedriveHarness.Key(HandoverFields.Decision)}", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(network.Calls, c => c.Method == "POST" && c.Path == "/api/v2/dealFields");
    }

    [Fact]
    public async Task A_hand_over_field_is_known_by_its_key_whatever_it_is_called_now()
    {
        var fields = PipedriveHarness.Fields();
        var (adapter, _, harness) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json(fields)
            : IsLead(r) ? StubNetwork.Json(PipedriveHarness.LeadBody(more: $$""","{{PipedriveHarness.Key(HandoverFields.DecisionText)}}":"Because." """)) : null);
        await adapter.CheckAsync(Stop);
        fields = fields.Replace($"\"{HandoverFields.All.Single(f => f.Name == HandoverFields.DecisionText).English}\"", "\"Words\"", StringComparison.Ordinal);
        harness.Time.Advance(TimeSpan.FromSeconds(5)); // the burst of two seconds

        Assert.DoesNotContain(await adapter.CheckAsync(Stop), p => p.Code == "property-missing");
        Assert.Equal("Because.", (await ReadAsync(adapter)).Lead!.Fields[HandoverFields.DecisionText]);
    }

    [Fact]
    public async Task What_stops_writing_alone_is_looked_for_in_the_deal_fields_and_ever_more_seldom()
    {
        var fields = PipedriveHarness.Fields(null, PipedriveHarness.Key(HandoverFields.Marker));
        var (adapter, network, harness) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json(fields) : null);
        for (var minutes = 0; minutes < 24 * 60; minutes += 10)
        {
            Assert.Contains(await adapter.CheckAsync(Stop), p => p.Code == "property-missing");
            await adapter.UsersAsync(Stop);
            harness.Time.Advance(TimeSpan.FromMinutes(10));
        }

        int Asked(string what) => network.Calls.Count(c => c.Path.EndsWith($"/{what}", StringComparison.Ordinal));
        Assert.Equal((4, 4, 4, 4), (Asked("me"), Asked("users"), Asked("personFields"), Asked("organizationFields")));
        Assert.InRange(Asked("dealFields"), 45, 55);

        fields = PipedriveHarness.Fields();
        harness.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.DoesNotContain(await adapter.CheckAsync(Stop), p => p.Code == "property-missing");
        Assert.Equal(5, Asked("personFields"));
    }

    [Fact]
    public async Task What_stops_everything_is_asked_for_each_time()
    {
        var company = "900200";
        var (adapter, network, harness) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v1/users/me" ? StubNetwork.Json($$$"""{"success":true,"data":{"id":1,"company_id":{{{company}}}}}""") : null);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("account-differs", Assert.Single(await adapter.CheckAsync(Stop)).Code);
            harness.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(3, network.Calls.Count);
        company = PipedriveHarness.Company;
        Assert.DoesNotContain(await adapter.CheckAsync(Stop), p => p.Reach != ProblemReach.Hint);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    public async Task A_part_of_the_API_that_was_retired_is_no_trouble_of_a_record(string method)
    {
        var (adapter, _, _) = Adapter(r => IsLead(r) && r.Method.Method == method ? StubNetwork.Json("""{"success":false,"error":"gone","code":"ERR_GONE"}""", 410) : null);

        var error = await Assert.ThrowsAsync<CrmException>(() => method == "GET" ? ReadAsync(adapter) : adapter.WriteAsync([Write(PipedriveHarness.Lead)], Stop));

        Assert.Equal(CrmFailure.Refused, error.Failure);
        Assert.Contains("Update CrmSync", error.Repair);
    }

    [Fact]
    public async Task A_page_of_the_gateway_shuts_the_line_for_a_while_and_nothing_is_sent_meanwhile()
    {
        var (adapter, network, harness) = Adapter(r => IsLead(r) ? new(HttpStatusCode.Forbidden) { Content = new StringContent("<html>blocked</html>", Encoding.UTF8, "text/html") } : null);

        var parked = await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));
        var calls = network.Calls.Count;
        var still = await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));

        Assert.Equal(CrmFailure.RateLimited, parked.Failure);
        Assert.All([parked, still], e => Assert.Equal((true, true), (e.Message.Contains("shuts us out", StringComparison.Ordinal), e.Repair!.Contains("QuotaShare makes it worse", StringComparison.Ordinal))));
        Assert.InRange(parked.RetryAt!.Value - harness.Time.GetUtcNow(), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));
        Assert.Equal(calls, network.Calls.Count);
    }

    [Fact]
    public async Task An_empty_purse_parks_the_work_after_one_call()
    {
        var (adapter, network, harness) = Adapter(r =>
        {
            if (!IsLead(r))
                return null;
            var empty = StubNetwork.Json("""{"success":false,"error":"limit","errorCode":429}""", 429);
            empty.Headers.Add("x-daily-ratelimit-token-remaining", "0");
            return empty;
        });

        var parked = await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));
        var calls = network.Calls.Count;
        await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter));

        Assert.Equal((CrmFailure.RateLimited, harness.Time.GetUtcNow().AddHours(1)), (parked.Failure, parked.RetryAt));
        Assert.Equal(calls, network.Calls.Count);
    }

    [Fact]
    public async Task A_burst_that_was_too_much_is_waited_out()
    {
        var refused = 0;
        var (adapter, _, harness) = Adapter(r =>
        {
            if (!IsLead(r) || refused++ > 1)
                return null;
            var burst = StubNetwork.Json("""{"success":false}""", 429);
            burst.Headers.Add("x-ratelimit-reset", "2");
            return burst;
        });
        var reading = ReadAsync(adapter);
        while (await Task.WhenAny(reading, Task.Delay(20, Stop)) != reading)
            harness.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CrmReadingKind.Found, (await reading).Kind);
        Assert.InRange((harness.Time.GetUtcNow() - PipedriveHarness.Start).TotalSeconds, 3, 20);
    }

    [Theory]
    [InlineData(402, CrmFailure.Unauthorised)]
    [InlineData(410, CrmFailure.Refused)]
    [InlineData(503, CrmFailure.Transient)]
    [InlineData(400, CrmFailure.Refused)]
    public async Task Each_status_is_of_its_kind_and_tells_no_value(int status, CrmFailure failure)
    {
        var (adapter, _, _) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v1/users" ? StubNetwork.Json($$"""{"success":false,"error":"{{Secret}}"}""", status) : null);

        var call = adapter.UsersAsync(Stop);
        if (failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            Assert.Empty(await call);
            return;
        }
        var error = await Assert.ThrowsAsync<CrmException>(() => call);
        Assert.Equal(failure, error.Failure);
        Assert.DoesNotContain(Secret, error.ToString());
    }

    [Fact]
    public async Task A_field_that_was_deleted_is_named_by_the_next_check_and_nothing_is_sent_without_it()
    {
        var isGone = false;
        var (adapter, network, _) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" && isGone ? StubNetwork.Json(PipedriveHarness.Fields(null, PipedriveHarness.Key(HandoverFields.Marker)))
            : r.Method == HttpMethod.Patch ? StubNetwork.Json($$"""{"success":false,"error":"Validation failed: {{PipedriveHarness.Key(HandoverFields.Marker)}}: unknown","code":"ERR_SCHEMA_VALIDATION_FAILED"}""", 400) : null);
        await adapter.CheckAsync(Stop);
        isGone = true;

        var first = await adapter.WriteAsync([Write(PipedriveHarness.Lead)], Stop);
        var second = await adapter.WriteAsync([Write(PipedriveHarness.Lead)], Stop);
        var problems = await adapter.CheckAsync(Stop);

        Assert.Equal((WriteOutcome.NotSent, WriteOutcome.NotSent), (first[0].Outcome, second[0].Outcome));
        Assert.Single(network.Calls, c => c.Method == "PATCH");
        Assert.Equal(HandoverFields.Marker, Assert.Single(problems, p => p.Code == "property-missing").Setting.Split(':')[^1]);
    }

    /// <summary>The first version says "Bad request" and names no key.</summary>
    [Theory]
    [InlineData(true, WriteOutcome.NotSent)]
    [InlineData(false, WriteOutcome.Refused)]
    public async Task A_refusal_without_a_reason_is_held_against_the_fields_before_it_is_the_leads(bool isGone, WriteOutcome outcome)
    {
        var fields = PipedriveHarness.Fields();
        var (adapter, network, _) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json(fields)
            : r.Method == HttpMethod.Patch ? StubNetwork.Json("""{"success":false,"error":"Bad request","error_info":"Please check developers.pipedrive.com","data":null}""", 400) : null);
        await adapter.CheckAsync(Stop);
        fields = isGone ? PipedriveHarness.Fields(null, PipedriveHarness.Key(HandoverFields.Marker)) : fields;

        var first = await adapter.WriteAsync([Write(PipedriveHarness.Lead)], Stop);
        var second = await adapter.WriteAsync([Write(PipedriveHarness.Lead)], Stop);

        Assert.Equal((outcome, outcome, isGone), (first[0].Outcome, second[0].Outcome, second[0].IsOfAccount));
        Assert.Equal(isGone ? 1 : 2, network.Calls.Count(c => c.Method == "PATCH"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_whose_answer_lacks_a_field_that_was_sent_tells_of_the_account(bool isLost)
    {
        var fields = PipedriveHarness.Fields();
        var why = PipedriveHarness.Key(HandoverFields.Why);
        var (adapter, _, _) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json(fields)
            : r.Method == HttpMethod.Patch ? StubNetwork.Json(PipedriveHarness.LeadBody(more: $$""","{{PipedriveHarness.StageKey}}":901,"{{PipedriveHarness.Key(HandoverFields.Marker)}}":"m"{{(isLost ? "" : $",\"{why}\":\"Because.\"")}}""")) : null);
        await adapter.CheckAsync(Stop);
        fields = isLost ? PipedriveHarness.Fields(null, why) : fields;

        var result = await adapter.WriteAsync([Write(PipedriveHarness.Lead) with { Fields = new Dictionary<string, string?> { [HandoverFields.Marker] = "m", [HandoverFields.Why] = "Because." } }], Stop);
        var problems = await adapter.CheckAsync(Stop);

        Assert.Equal((WriteOutcome.Applied, isLost), (result[0].Outcome, result[0].IsOfAccount));
        Assert.Equal(isLost, problems.Any(p => p.Code == "property-missing" && p.Setting.EndsWith(HandoverFields.Why, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_option_that_was_relabelled_in_mid_run_keeps_its_meaning()
    {
        var isRenamed = false;
        var (adapter, network, harness) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" && isRenamed
            ? StubNetwork.Json(PipedriveHarness.Fields(text => text switch { "MQL" => "Hot", "Waiting" => "Please answer", _ => text }))
            : r.Method == HttpMethod.Patch ? StubNetwork.Json(PipedriveHarness.LeadBody(more: $$""","{{PipedriveHarness.StageKey}}":901,"{{PipedriveHarness.Key(HandoverFields.Marker)}}":"m" """)) : null);
        await adapter.CheckAsync(Stop);
        isRenamed = true;
        harness.Time.Advance(TimeSpan.FromHours(7));

        var problems = await adapter.CheckAsync(Stop);
        var result = await adapter.WriteAsync([Write(PipedriveHarness.Lead) with { Fields = new Dictionary<string, string?> { [HandoverFields.Marker] = "m", [HandoverFields.Handover] = "waiting" } }], Stop);

        Assert.DoesNotContain(problems, p => p.Reach != ProblemReach.Hint);
        Assert.Equal(WriteOutcome.Applied, result[0].Outcome);
        Assert.Contains("\"0000000000000000000000000000000000000001\":10", Assert.Single(network.Calls, c => c.Method == "PATCH").Body);
    }

    [Fact]
    public async Task Two_fields_of_one_name_are_told_and_neither_is_written()
    {
        var twice = PipedriveHarness.Fields().Replace("\"data\":[", $$"""
            "data":[{"field_name":"Answer on lead","field_code":"{{new string('f', 40)}}","field_type":"enum","is_custom_field":true,"options":[{"id":1,"label":"Accept: I will follow up"}]},
            """.Trim(), StringComparison.Ordinal);
        var (adapter, network, _) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json(twice) : null);

        var problems = await adapter.CheckAsync(Stop);
        var result = await adapter.WriteAsync([Write(PipedriveHarness.Lead) with { Fields = new Dictionary<string, string?> { [HandoverFields.Decision] = null } }], Stop);

        Assert.Equal(ProblemReach.Writing, Assert.Single(problems, p => p.Code == "field-ambiguous").Reach);
        Assert.Equal((WriteOutcome.NotSent, $"field-missing {HandoverFields.Decision}"), (result[0].Outcome, result[0].Reason));
        Assert.DoesNotContain(network.Calls, c => c.Method == "PATCH");
    }

    [Theory]
    [InlineData("renamed")]
    [InlineData("doubled")]
    [InlineData("deleted")]
    public async Task The_stage_field_is_known_by_its_key_and_one_that_is_gone_is_no_emptied_stage(string what)
    {
        var fields = PipedriveHarness.Fields();
        var (adapter, _, harness) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json(fields)
            : IsLead(r) ? StubNetwork.Json(PipedriveHarness.LeadBody(more: $$""","{{PipedriveHarness.StageKey}}":901""")) : null);
        await adapter.CheckAsync(Stop);
        fields = what switch
        {
            "renamed" => fields.Replace("\"Lifecycle stage\"", "\"Phase\"", StringComparison.Ordinal),
            "doubled" => fields.Replace("\"data\":[", $$"""
                "data":[{"field_name":"Livscyklustrin","field_code":"{{new string('f', 40)}}","field_type":"enum","is_custom_field":true,"options":[]},
                """.Trim(), StringComparison.Ordinal),
            _ => PipedriveHarness.Fields(without: "Lifecycle stage"),
        };
        harness.Time.Advance(TimeSpan.FromSeconds(5)); // the burst of two seconds

        var problems = await adapter.CheckAsync(Stop);

        if (what == "deleted")
        {
            Assert.Equal(ProblemReach.Everything, Assert.Single(problems, p => p.Code == "stage-field-missing").Reach);
            Assert.Equal(CrmFailure.Refused, (await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter))).Failure);
            fields = PipedriveHarness.Fields();
            harness.Time.Advance(TimeSpan.FromSeconds(5));
            await adapter.CheckAsync(Stop);
        }
        Assert.Equal(LifecycleStage.MarketingQualified, (await ReadAsync(adapter)).Lead!.Stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stage_field_that_is_deleted_between_two_checks_is_no_emptied_stage(bool isDeleted)
    {
        var (fields, stage) = (PipedriveHarness.Fields(), $",\"{PipedriveHarness.StageKey}\":901");
        var (adapter, network, harness) = Adapter(r => r.RequestUri!.AbsolutePath == "/api/v2/dealFields" ? StubNetwork.Json(fields)
            : IsLead(r) ? StubNetwork.Json(PipedriveHarness.LeadBody(more: $$""","{{PipedriveHarness.Key(HandoverFields.Marker)}}":"v1.s.k.t"{{stage}}""")) : null);
        await adapter.CheckAsync(Stop);
        Assert.Equal(LifecycleStage.MarketingQualified, (await ReadAsync(adapter)).Lead!.Stage);
        (fields, stage) = (isDeleted ? PipedriveHarness.Fields(without: "Lifecycle stage") : fields, "");
        harness.Time.Advance(TimeSpan.FromMinutes(5));

        if (isDeleted)
        {
            Assert.Equal(CrmFailure.Refused, (await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter))).Failure);
            return;
        }
        Assert.Null((await ReadAsync(adapter)).Lead!.StageValue);
        var asked = network.Calls.Count(c => c.Path == "/api/v2/dealFields");
        harness.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await ReadAsync(adapter)).Lead!.StageValue);
        Assert.Equal((2, 2), (asked, network.Calls.Count(c => c.Path == "/api/v2/dealFields")));
    }

    [Theory]
    [InlineData("\"901\"", LifecycleStage.MarketingQualified)]
    [InlineData("901", LifecycleStage.MarketingQualified)]
    [InlineData("""{"type":"enum","id":901}""", LifecycleStage.MarketingQualified)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("77", null)]
    public async Task Reads_an_option_however_it_is_written(string value, LifecycleStage? stage)
    {
        var (adapter, _, _) = Adapter(r => IsLead(r) ? StubNetwork.Json(PipedriveHarness.LeadBody(more: $$""","{{PipedriveHarness.StageKey}}":{{value}}""")) : null);

        var lead = (await ReadAsync(adapter)).Lead!;

        Assert.Equal(stage, lead.Stage);
        Assert.Equal(value == "77" ? "77" : stage is null ? null : "901", lead.StageValue);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_page_of_somebody_on_the_way_deletes_no_lead(HttpStatusCode status)
    {
        var (adapter, _, _) = Adapter(r => IsLead(r) ? new(status) { Content = new StringContent("<html>no route</html>", Encoding.UTF8, "text/html") } : null);

        Assert.Equal(CrmFailure.Transient, (await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter))).Failure);
    }

    [Fact]
    public async Task Webhooks_that_could_not_be_mended_are_looked_at_again_soon()
    {
        var (adapter, network, harness) = Adapter(
            r => r.RequestUri!.AbsolutePath.EndsWith("/webhooks", StringComparison.Ordinal) ? new(HttpStatusCode.ServiceUnavailable) : null,
            PipedriveHarness.Connection with { PublicUrl = new("https://crmsync.example/webhooks/main") });
        await Assert.ThrowsAsync<CrmException>(() => adapter.MendWebhooksAsync(Stop));
        var calls = network.Calls.Count;

        Assert.Empty(await adapter.MendWebhooksAsync(Stop));
        Assert.Equal(calls, network.Calls.Count);
        harness.Time.Advance(TimeSpan.FromMinutes(11));
        await Assert.ThrowsAsync<CrmException>(() => adapter.MendWebhooksAsync(Stop));
    }

    [Fact]
    public async Task A_success_that_says_it_failed_is_none()
    {
        var (adapter, _, _) = Adapter(r => r.Method == HttpMethod.Patch ? StubNetwork.Json("""{"success":false,"error":"x"}""") : null);

        Assert.Equal(WriteOutcome.Refused, (await adapter.WriteAsync([Write(PipedriveHarness.Lead)], Stop))[0].Outcome);
    }

    [Fact]
    public async Task The_token_goes_in_its_own_header_and_in_no_address()
    {
        string? header = null;
        var addresses = new ConcurrentQueue<string>();
        var (adapter, _, _) = Adapter(r =>
        {
            addresses.Enqueue(r.RequestUri!.ToString());
            header = r.Headers.TryGetValues("x-api-token", out var values) ? values.Single() : null;
            return null;
        });

        await ReadAsync(adapter);

        Assert.Equal("api-token", header);
        Assert.All(addresses, address => Assert.DoesNotContain("api-token", address));
    }

    [Fact]
    public async Task The_host_of_all_companies_has_paths_of_its_own_and_shows_nobody_a_lead()
    {
        var network = new StubNetwork((request, _) =>
        {
            var path = request.RequestUri!.AbsolutePath;
            return PipedriveHarness.Answer(new(request.Method, $"https://{request.RequestUri.Host}{(path.StartsWith("/v1/", StringComparison.Ordinal) ? "/api" : "")}{path}"));
        });
        var adapter = new PipedriveHarness(network).Adapter(PipedriveHarness.Connection with { BaseUrl = null });

        await ReadAsync(adapter);

        Assert.Contains(network.Calls, c => c.Path == $"/v1/leads/{PipedriveHarness.Lead}");
        Assert.DoesNotContain(network.Calls, c => c.Path.StartsWith("/api/v1/", StringComparison.Ordinal));
        Assert.Null(adapter.LinkTo(PipedriveHarness.Lead));
    }

    [Theory]
    [InlineData("same", "same")]
    [InlineData("rotated", "rotated")]
    public async Task Renews_a_token_and_keeps_the_grant_that_comes_back(string answered, string saved)
    {
        var (_, _, harness) = Adapter(r => r.RequestUri!.Host == "oauth.pipedrive.com"
            ? StubNetwork.Json($$"""{"access_token":"t1","token_type":"Bearer","expires_in":3599,"refresh_token":"{{answered}}","api_domain":"https://acme.pipedrive.com"}""")
            : null);
        var adapter = harness.Adapter(PipedriveHarness.Connection with { Token = null, ClientId = "id", ClientSecret = new("cs"), RefreshToken = new("same") });

        await ReadAsync(adapter);

        Assert.Equal([saved], harness.Grants.Saved);
    }

    [Fact]
    public async Task A_host_that_is_not_the_vendors_gets_no_token()
    {
        var (_, _, harness) = Adapter(r => r.RequestUri!.Host == "oauth.pipedrive.com"
            ? StubNetwork.Json("""{"access_token":"t1","expires_in":3599,"refresh_token":"r","api_domain":"https://acme.pipedrive.com.evil.example"}""")
            : null);
        var adapter = harness.Adapter(PipedriveHarness.Connection with { Token = null, ClientId = "id", ClientSecret = new("cs"), RefreshToken = new("same") });

        Assert.Equal(CrmFailure.Refused, (await Assert.ThrowsAsync<CrmException>(() => ReadAsync(adapter))).Failure);
        Assert.Empty(harness.Grants.Saved);
    }

    private const string Hidden = """{"success":false,"error":"You do not have permission"}""";
    private static readonly string Call = $$"""{"id":8,"lead_id":"{{PipedriveHarness.Lead}}","deal_id":null,"type":"call","subject":"Call","done":true,"add_time":"2026-01-03T07:00:00Z","update_time":"2026-01-03T08:00:00Z","marked_as_done_time":"2026-01-03T08:00:00Z"}""";

    private static bool IsLead(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Contains("/leads/", StringComparison.Ordinal);

    /// <summary>Who waits for a clock that nobody moves waits for ever.</summary>
    private static async Task<CrmReading> ReadAsync(ICrmAdapter adapter) =>
        (await adapter.ReadAsync([PipedriveHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop))[0];

    private static LeadWrite Write(string id) => new(id, "t", StageStep.Set, LifecycleStage.MarketingQualified, new Dictionary<string, string?> { [HandoverFields.Marker] = "m" });

    private static (ICrmAdapter Adapter, StubNetwork Network, PipedriveHarness Harness) Adapter(Func<HttpRequestMessage, HttpResponseMessage?> answer, CrmConnection? connection = null)
    {
        var network = new StubNetwork((request, _) => answer(request) ?? PipedriveHarness.Answer(request));
        var harness = new PipedriveHarness(network);
        return (harness.Adapter(connection), network, harness);
    }
}
