using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Adapters;

/// <summary>Orgs that are not as set-up would have them: cleared away, not mapped, or not to be seen.</summary>
public sealed class SalesforceOrgTests : IAsyncLifetime
{
    private CrmStage _stage = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var contract = new SalesforceAdapterTests();
        _stage = await CrmStage.StartAsync(contract.Dialect(), new SandboxOptions { Salesforce = contract.Switches });
        await _stage.SetUpAsync();
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_converted_lead_that_is_cleared_away_lives_on_as_its_contact()
    {
        var id = _stage.Add(1)[0];
        _stage.Act("p0", "convert");
        _stage.Act("p0", "delete");

        var moved = (await _stage.ReadAsync([id], ReadDepth.Guard))[0];
        var contact = (await _stage.ReadAsync([moved.MovedTo!], ReadDepth.Facts))[0].Lead!;

        Assert.Equal(CrmReadingKind.Moved, moved.Kind);
        Assert.True(contact.FormerSince.ContainsKey(id));
        Assert.Equal((LifecycleStage.Opportunity, true), (contact.Stage, contact.Facts!["deal.open"].Flag));
        Assert.Equal([id], contact.FormerIds);
        Assert.Equal([id], (await _stage.PumpAsync(_stage.Adapter.LeadsOfAsync("contacts", [contact.Ref.Id], Stop)))[contact.Ref.Id]);
    }

    [Fact]
    public async Task A_converted_lead_that_is_cleared_away_days_later_does_not_say_when_it_was_converted()
    {
        var id = _stage.Add(1)[0];
        _stage.Act("p0", "convert");
        _stage.Pass(TimeSpan.FromDays(5));
        _stage.Act("p0", "delete");

        var contact = (await _stage.ReadAsync([(await _stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!], ReadDepth.Facts))[0].Lead!;

        Assert.Equal([id], contact.FormerIds);
        Assert.Empty(contact.FormerSince);
    }

    [Fact]
    public async Task A_lead_that_is_deleted_and_was_never_converted_is_gone()
    {
        var id = _stage.Add(1)[0];
        _stage.Act("p0", "delete");

        Assert.Equal(CrmReadingKind.Gone, (await _stage.ReadAsync([id], ReadDepth.Guard))[0].Kind);
    }

    [Fact]
    public async Task A_stage_that_the_conversion_left_behind_still_stands()
    {
        Switch("ownFieldsMapped", false);
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        var before = (await _stage.ReadAsync([contact], ReadDepth.Guard))[0].Lead!;

        await _stage.WriteAsync([Write(contact, LifecycleStage.SalesQualified)]);
        var after = (await _stage.ReadAsync([contact], ReadDepth.Guard))[0].Lead!;

        Assert.Equal((LifecycleStage.SalesAccepted, LifecycleStage.SalesQualified), (before.Stage, after.Stage));
    }

    [Fact]
    public async Task What_is_written_beside_a_stage_that_was_left_behind_does_not_empty_it()
    {
        Switch("ownFieldsMapped", false);
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);

        var result = (await _stage.WriteAsync([new(contact, contact, StageStep.Keep, null, Fields(contact))]))[0];
        var readings = new List<CrmLead>();
        foreach (var depth in Enum.GetValues<ReadDepth>())
            readings.Add((await _stage.ReadAsync([contact], depth))[0].Lead!);

        Assert.Equal(WriteOutcome.Applied, result.Outcome);
        Assert.All(readings.Append(result.Shown!), lead => Assert.Equal((LifecycleStage.SalesAccepted, true), (lead.Stage, lead.HoldsStage)));
        Assert.All(readings, lead => Assert.Equal($"v1.s.{contact}.t", lead.Fields[HandoverFields.Marker]));
    }

    [Fact]
    public async Task An_answer_that_the_conversion_left_behind_is_read_until_we_write()
    {
        Switch("ownFieldsMapped", false);
        var id = _stage.Add(1)[0];
        await _stage.WriteAsync([Write(id, LifecycleStage.MarketingQualified)]);
        _stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["crmsync_decision__c"] = "accept", ["crmsync_decision_text__c"] = "Called her." });
        _stage.Act("p0", "convert");
        var contact = (await _stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!;

        var before = (await _stage.ReadAsync([contact], ReadDepth.Facts))[0].Lead!.Fields;
        await _stage.WriteAsync([Write(contact, LifecycleStage.SalesAccepted)]);
        var after = (await _stage.ReadAsync([contact], ReadDepth.Facts))[0].Lead!.Fields;

        Assert.Equal(("accept", "Called her."), (before[HandoverFields.Decision], before[HandoverFields.DecisionText]));
        Assert.DoesNotContain(HandoverFields.Decision, after.Keys);
    }

    [Fact]
    public async Task Where_contacts_have_no_place_for_our_marker_no_old_answer_counts()
    {
        var id = _stage.Add(1)[0];
        await _stage.WriteAsync([Write(id, LifecycleStage.MarketingQualified)]);
        _stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["crmsync_decision__c"] = "accept" });
        _stage.Act("p0", "convert");
        var contact = (await _stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!;
        Switch("hiddenFields", new JsonArray("Contact.crmsync_marker__c", "Contact.crmsync_decision__c"));
        await _stage.CheckAsync();

        Assert.DoesNotContain(HandoverFields.Decision, (await _stage.ReadAsync([contact], ReadDepth.Facts))[0].Lead!.Fields.Keys);
    }

    [Theory]
    [InlineData("Opportunity.LastStageChangeDate", true, false)]
    [InlineData("Opportunity.IsWon", false, true)]
    [InlineData("Lead.ConvertedOpportunityId", true, true)]
    public async Task A_hidden_field_of_a_sale_hides_neither_the_stage_nor_the_lead_that_a_contact_was(string field, bool isDealKnown, bool isTold)
    {
        Switch("ownFieldsMapped", false);
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        Switch("hiddenFields", new JsonArray(field));
        var problems = await _stage.CheckAsync();

        var lead = (await _stage.ReadAsync([contact], ReadDepth.Facts))[0].Lead!;

        Assert.Equal((LifecycleStage.SalesAccepted, 1, isDealKnown), (lead.Stage, lead.FormerIds.Count, lead.Facts!["deal.open"].IsKnown));
        Assert.Equal(isTold, problems.Any(p => p is { Code: "object-hidden", Reach: ProblemReach.Hint }));
    }

    [Fact]
    public async Task Where_no_lead_is_to_be_seen_set_up_makes_no_field_and_says_what_to_do_by_hand()
    {
        Switch("hiddenObjects", new JsonArray("Lead"));

        var steps = await _stage.PumpAsync(_stage.Adapter.SetupAsync(false, Stop));

        Assert.All(steps.Where(s => s.What == "field"), step => Assert.Equal((SetupOutcome.Manual, true), (step.Outcome, step.Detail!.Contains("the user sees no leads", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_stage_that_was_left_behind_can_be_emptied()
    {
        Switch("ownFieldsMapped", false);
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);

        var result = (await _stage.WriteAsync([new(contact, contact, StageStep.Clear, null, Fields(contact))]))[0];

        Assert.Equal(WriteOutcome.Applied, result.Outcome);
        Assert.Null((await _stage.ReadAsync([contact], ReadDepth.Guard))[0].Lead!.StageValue);
    }

    [Fact]
    public async Task Where_it_is_hidden_what_became_of_leads_a_contact_leads_to_none()
    {
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        Switch("hiddenFields", new JsonArray("Lead.ConvertedContactId"));

        Assert.Empty(await _stage.PumpAsync(_stage.Adapter.LeadsOfAsync("contacts", [contact], Stop)));
    }

    [Fact]
    public async Task A_stage_for_which_the_contact_has_no_value_is_not_emptied_by_what_is_written_beside_it()
    {
        Switch("ownFieldsMapped", false);
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        Switch("deletedPicklistValues", new JsonArray("Contact.Lifecycle_Stage__c=SAL"));
        var problem = Assert.Single(await _stage.CheckAsync(), p => p.Code == "contact-stages-missing");

        await _stage.WriteAsync([new(contact, contact, StageStep.Keep, null, Fields(contact))]);

        Assert.Contains("SAL", problem.Problem, StringComparison.Ordinal);
        Assert.Equal(LifecycleStage.SalesAccepted, (await _stage.ReadAsync([contact], ReadDepth.Facts))[0].Lead!.Stage);
    }

    [Fact]
    public async Task Leads_have_a_place_for_a_stage_and_so_have_contacts_with_the_field()
    {
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        var other = _stage.Add(new LeadSpec { Key = "b", Email = "b@b.dk" })[0];
        var with = await _stage.ReadAsync([contact, other], ReadDepth.Facts);
        Switch("hiddenFields", new JsonArray("Contact.Lifecycle_Stage__c"));
        await _stage.CheckAsync();

        var without = await _stage.ReadAsync([contact, other], ReadDepth.Facts);

        Assert.All(with, r => Assert.True(r.Lead!.HoldsStage));
        Assert.Equal([(LifecycleStage.SalesAccepted, false), (LifecycleStage.Lead, true)], without.Select(r => (r.Lead!.Stage, r.Lead.HoldsStage)));
    }

    [Fact]
    public async Task A_deleted_lead_that_was_converted_to_nobody_knows_whom_is_not_gone()
    {
        var id = _stage.Add(1)[0];
        _stage.Act("p0", "convert");
        _stage.Act("p0", "delete");
        Switch("hiddenFields", new JsonArray("Lead.ConvertedContactId"));
        await _stage.CheckAsync();

        Assert.Equal(CrmReadingKind.Unreadable, (await _stage.ReadAsync([id], ReadDepth.Guard))[0].Kind);
    }

    [Theory]
    [InlineData(ReadDepth.Guard)]
    [InlineData(ReadDepth.GuardHistory)]
    [InlineData(ReadDepth.Facts)]
    [InlineData(ReadDepth.History)]
    public async Task A_stage_that_somebody_emptied_on_the_contact_is_empty(ReadDepth depth)
    {
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        _stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["Lifecycle_Stage__c"] = null });

        Assert.Null((await _stage.ReadAsync([contact], depth))[0].Lead!.StageValue);
    }

    [Theory]
    [InlineData("Contact.Lifecycle_Stage__c", "Contact.crmsync_fit__c")]
    [InlineData("Contact.crmsync_marker__c")]
    public async Task What_contacts_have_no_field_for_is_left_out_and_the_rest_is_written(params string[] hidden)
    {
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        Switch("hiddenFields", new JsonArray([.. hidden.Select(f => JsonValue.Create(f))]));
        await _stage.CheckAsync();

        var result = (await _stage.WriteAsync([Write(contact, LifecycleStage.SalesQualified) with { Fields = Fields(contact, ("crmsync_why", "Because.")) }]))[0];

        Assert.Equal((WriteOutcome.Applied, null), (result.Outcome, result.Reason));
        Assert.Equal("Because.", (await _stage.ReadAsync([contact], ReadDepth.Facts))[0].Lead!.Fields["crmsync_why"]);
    }

    [Fact]
    public async Task Contacts_that_are_hidden_stop_nothing_else()
    {
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        var other = _stage.Add(new LeadSpec { Key = "b", Email = "b@b.dk" })[0];
        Switch("hiddenObjects", new JsonArray("Contact"));

        var readings = await _stage.ReadAsync([contact, other], ReadDepth.Facts);
        var poll = await _stage.PollAsync("contacts", _stage.Adapter.PositionAt(CrmStage.Start));
        var problem = Assert.Single(await _stage.CheckAsync(), p => p.Code == "object-hidden");
        Switch("hiddenObjects", new JsonArray());
        await _stage.CheckAsync();

        Assert.Equal([CrmReadingKind.Unreadable, CrmReadingKind.Found], readings.Select(r => r.Kind));
        Assert.Empty(poll.Ids);
        Assert.Equal((ProblemReach.Hint, true), (problem.Reach, problem.Problem.Contains("no contacts", StringComparison.Ordinal)));
        _stage.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal([contact], (await _stage.PollAsync("contacts", poll.Position)).Ids);
    }

    [Fact]
    public async Task Opportunities_that_are_hidden_leave_the_contact_readable_and_the_deals_unknown()
    {
        var contact = await ConvertedAsync(LifecycleStage.SalesAccepted);
        Switch("hiddenObjects", new JsonArray("Opportunity"));
        await _stage.CheckAsync();

        var lead = (await _stage.ReadAsync([contact], ReadDepth.Facts))[0].Lead!;

        Assert.Equal((LifecycleStage.SalesAccepted, false, 1), (lead.Stage, lead.Facts!["deal.open"].IsKnown, lead.FormerIds.Count));
    }

    [Theory]
    [InlineData("CampaignMember.Status")]
    [InlineData("CampaignMember.FirstRespondedDate")]
    [InlineData("Campaign.Type")]
    [InlineData("Event.Subject")]
    [InlineData("Task.Type")]
    [InlineData("Task.TaskSubtype")]
    public async Task A_hidden_field_beside_the_lead_hides_no_more_than_itself(string field)
    {
        var id = _stage.Add(1)[0];
        foreach (var kind in new[] { "handRaise", "meetingBooked" })
            _stage.Act("p0", "submit-form", fields: new Dictionary<string, string?> { ["kind"] = kind });
        await PostAsync("Task", new() { ["WhoId"] = id, ["Type"] = "Call", ["TaskSubtype"] = "Call", ["Status"] = "Completed", ["Subject"] = "Call", ["ActivityDate"] = "2026-01-05" });
        Switch("hiddenFields", new JsonArray(field));
        await _stage.CheckAsync();

        var lead = (await _stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!;

        Assert.NotNull(lead.ContactedAt);
        Assert.Equal((true, true), (lead.Facts!["engagement.handRaise"].IsKnown, lead.Facts["engagement.meetingBooked"].IsKnown));
    }

    [Theory]
    [InlineData("body", "field")]
    [InlineData("field", "body")]
    public async Task A_task_is_found_wherever_its_key_was_put_when_it_was_made(string then, string now)
    {
        var id = _stage.Add(1)[0];
        var task = new LeadActivity { Key = "task/k/1", LeadId = id, Kind = ActivityKind.Task, Title = "Answer lead", Body = "First line", DueAt = CrmStage.Start, ChangesOnly = false };
        await _stage.PumpAsync(With(then).PutActivitiesAsync([task], Stop));

        var done = await _stage.PumpAsync(With(now).PutActivitiesAsync([new() { Key = task.Key, LeadId = id, Kind = ActivityKind.Task, Completed = true, ChangesOnly = true }], Stop));
        var reading = Assert.Single(await _stage.PumpAsync(With(now).ReadActivitiesAsync([new(task.Key, id, ActivityKind.Task)], Stop)));

        Assert.Equal(WriteOutcome.Applied, Assert.Single(done).Outcome);
        Assert.Equal((true, true), (reading.Exists, reading.Completed));
        Assert.Single(_stage.Lead(id).Tasks);
    }

    [Fact]
    public async Task A_right_that_only_reads_is_widened_by_set_up()
    {
        using var http = Http();
        var found = await http.GetFromJsonAsync<JsonNode>("services/data/v68.0/query?q=" + Uri.EscapeDataString("SELECT Id FROM FieldPermissions WHERE Field = 'Lead.crmsync_why__c'"), Stop);
        var right = found!["records"]![0]!["Id"]!.GetValue<string>();
        (await http.PatchAsJsonAsync($"services/data/v68.0/sobjects/FieldPermissions/{right}", new JsonObject { ["PermissionsEdit"] = false }, Stop)).EnsureSuccessStatusCode();
        var before = await _stage.CheckAsync();

        var steps = await _stage.PumpAsync(_stage.Adapter.SetupAsync(false, Stop));

        Assert.Contains(before, p => p.Code == "property-read-only");
        Assert.Contains(steps, s => s is { What: "field rights", Outcome: SetupOutcome.Created, Detail: "1 fields" });
        Assert.DoesNotContain(await _stage.CheckAsync(), p => p.Code == "property-read-only");
    }

    private ICrmAdapter With(string key) => _stage.Connect(c => c with { Mapping = c.Mapping with { Options = new Dictionary<string, string> { ["ActivityKey"] = key } } });

    /// <summary>A lead of ours in a stage, converted without an opportunity: the id of its contact.</summary>
    private async Task<string> ConvertedAsync(LifecycleStage stage)
    {
        var id = _stage.Add(1)[0];
        Assert.Equal(WriteOutcome.Applied, (await _stage.WriteAsync([Write(id, stage)]))[0].Outcome);
        _stage.Act("p0", "convert", fields: new Dictionary<string, string?> { ["opportunity"] = "false" });
        return (await _stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!;
    }

    private static LeadWrite Write(string id, LifecycleStage stage) => new(id, id, StageStep.Set, stage, Fields(id));

    private static Dictionary<string, string?> Fields(string id, params (string Name, string? Value)[] more)
    {
        var fields = new Dictionary<string, string?> { [HandoverFields.Marker] = $"v1.s.{id}.t", [HandoverFields.Fit] = "75" };
        foreach (var (name, value) in more)
            fields[name] = value;
        return fields;
    }

    private void Switch(string name, JsonNode? value) => _stage.Control.SetSwitch("salesforce", name, value);

    private async Task PostAsync(string type, JsonObject row)
    {
        using var http = Http();
        (await http.PostAsJsonAsync($"services/data/v68.0/sobjects/{type}", row, Stop)).EnsureSuccessStatusCode();
    }

    /// <summary>An admin's own client.</summary>
    private HttpClient Http() => new()
    {
        BaseAddress = new(_stage.Card.BaseUrl.TrimEnd('/') + "/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _stage.Card.Token) },
    };
}
