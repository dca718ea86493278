using System.Text.Json.Nodes;
using CrmSync.Adapters;
using CrmSync.Adapters.Salesforce;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Tests.Adapters;

/// <summary>The contract on Salesforce's dialect, and Salesforce's own quirks.</summary>
public class SalesforceAdapterTests : CrmAdapterContract
{
    internal override Task<CrmStage> StartAsync() => CrmStage.StartAsync(Dialect(), new SandboxOptions { Salesforce = Switches });

    internal virtual SalesforceSwitches Switches => new() { InactiveUsers = ["rep3"], DailyLimit = 1_000_000, SessionSeconds = 100_000_000 };

    internal virtual CrmDialect Dialect() => new(
        "salesforce",
        services => services.AddSalesforce(),
        card => Connection(card) with { Token = new Secret(card.Token) },
        new() { Method = "POST", Path = "*/composite" },
        new() { Method = "PATCH", Path = "*/composite/sobjects" },
        "00QZZ00000000092AA")
    {
        Makes = new() { Method = "PATCH", Path = "/composite/sobjects/Task" },
        EndGrants = control => control.SetSwitch("salesforce", "grantsRefused", JsonValue.Create(true)),
        SetUpPath = "/tooling/sobjects",
        BatchSize = 200,
        Companies = "accounts",
        Words = new("Subject", "Description", "Description", "Status", "Completed", "\n[", text => text),
    };

    internal static CrmConnection Connection(AccountCard card, params (string Name, string Value)[] options) => new()
    {
        Name = "main",
        Crm = "salesforce",
        AccountId = card.AccountId,
        BaseUrl = new Uri(card.BaseUrl),
        QuotaShare = 1,
        Mapping = new() { Options = options.ToDictionary(o => o.Name, o => o.Value) },
    };

    [Fact]
    public async Task Gets_through_a_page_of_one_instant()
    {
        var adapter = Stage.Connect(c => c with { Mapping = c.Mapping with { Options = new Dictionary<string, string> { ["PageSize"] = "200" } } });
        var ids = Stage.Add(450); // the clock stands still: all have the same stamp
        Stage.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(ids.Order(), (await PollAsync(adapter)).Order());
    }

    [Fact]
    public async Task Finds_what_surfaced_late_with_an_older_stamp()
    {
        Stage.Add(1);
        await Stage.SetUpAsync();
        var poll = await Stage.PollAsync("leads", Stage.Adapter.PositionAt(CrmStage.Start));
        Stage.Control.SetSwitch("salesforce", "commitDelaySeconds", JsonValue.Create(120));
        Stage.Pass(TimeSpan.FromMinutes(10));
        Stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["Title"] = "CEO" });
        Stage.Pass(TimeSpan.FromSeconds(30));
        var early = await Stage.PollAsync("leads", poll.Position);
        Stage.Pass(TimeSpan.FromMinutes(2));

        var late = await Stage.PollAsync("leads", early.Position);

        Assert.Single(late.Deliveries.Except(early.Deliveries).Except(poll.Deliveries));
    }

    [Fact]
    public async Task Sees_deleted_and_merged_leads_among_the_changes()
    {
        var ids = Stage.Add(3);
        Stage.Pass(TimeSpan.FromMinutes(20));
        var position = (await Stage.PollAsync("leads", Stage.Adapter.PositionAt(CrmStage.Start))).Position;
        Stage.Pass(TimeSpan.FromMinutes(20));
        Stage.Act("p0", "delete");
        Stage.Act("p1", "merge", into: "p2");
        Stage.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(ids.Order(), (await Stage.PollAsync("leads", position)).Ids.Order());
    }

    [Fact]
    public async Task Follows_a_lead_to_the_contact_that_it_became()
    {
        var id = Stage.Add(new LeadSpec { Key = "a", Name = "Anna Holm", Email = "a@a.dk", Company = new() { Key = "c", Name = "C", Industry = "machinery", Employees = 40 } })[0];
        await Stage.SetUpAsync();
        await Stage.WriteAsync([Write(id, LifecycleStage.SalesAccepted)]);
        Stage.Act("a", "convert");

        var moved = (await Stage.ReadAsync([id], ReadDepth.Facts))[0];
        var contact = (await Stage.ReadAsync([moved.MovedTo!], ReadDepth.Facts))[0].Lead!;

        Assert.Equal(CrmReadingKind.Moved, moved.Kind);
        Assert.Equal(("contact", LifecycleStage.Opportunity), (contact.ObjectKind, contact.Stage));
        Assert.Equal([id], contact.FormerIds);
        Assert.Equal(Stage.Time.GetUtcNow(), contact.FormerSince[id], TimeSpan.FromSeconds(10));
        Assert.Equal($"marker-{id}", contact.Fields[HandoverFields.Marker]);
        Assert.Equal((true, false, 40m), (contact.Facts!["deal.open"].Flag, contact.Facts["deal.won"].Flag, contact.Facts["company.employees"].Number));
        Assert.Equal(WriteOutcome.Gone, (await Stage.WriteAsync([Write(id)]))[0].Outcome);
        Assert.Equal(WriteOutcome.Applied, (await Stage.WriteAsync([Write(contact.Ref.Id)]))[0].Outcome);
    }

    [Theory]
    [InlineData("win", LifecycleStage.Customer, true, false)]
    [InlineData("lose", LifecycleStage.Opportunity, false, false)]
    public async Task Knows_how_the_opportunity_ended(string act, LifecycleStage stage, bool won, bool open)
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        Stage.Act("p0", act);

        var contact = (await Stage.ReadAsync([(await Stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!], ReadDepth.Facts))[0].Lead!;

        Assert.Equal((stage, won, open), (contact.Stage, contact.Facts!["deal.won"].Flag, contact.Facts["deal.open"].Flag));
        Assert.True(contact.HasStageOfDeal);
        Assert.Equal((won ? DealStanding.Won : DealStanding.Lost, true), contact.Deals!.Select(d => (d.Stands, d.IsNamed)).Single());
        Assert.NotNull(contact.StageSince);
    }

    [Theory]
    [InlineData("contacts")]
    [InlineData("opportunities")]
    public async Task What_a_lead_became_leads_back_to_it(string stream)
    {
        var ids = Stage.Add(2);
        Stage.Act("p0", "win");
        Stage.Pass(TimeSpan.FromMinutes(2));
        var record = Assert.Single((await Stage.PollAsync(stream, Stage.Adapter.PositionAt(CrmStage.Start))).Ids);

        var leads = await Stage.PumpAsync(Stage.Adapter.LeadsOfAsync(stream, [record], Stop));

        Assert.Equal([ids[0]], leads[record]);
    }

    [Fact]
    public async Task Tells_who_set_a_stage_and_who_answered()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        foreach (var (stage, person) in new[] { ("MarketingQualified", "rep1"), ("SalesQualified", "automation") })
        {
            Stage.Pass(TimeSpan.FromMinutes(1));
            Stage.Act("p0", "set-stage", stage: stage, person: person);
        }
        Stage.Pass(TimeSpan.FromMinutes(1));
        Stage.Act("p0", "accept");
        Stage.Act("p0", "edit", fields: new Dictionary<string, string?> { [HandoverFields.Request] = "hold" });
        await Stage.WriteAsync([Write(id, LifecycleStage.Opportunity) with { Fields = new Dictionary<string, string?> { [HandoverFields.Marker] = "m" } }]);

        var lead = (await Stage.ReadAsync([id], ReadDepth.GuardHistory))[0].Lead!;

        Assert.Equal(("hold", ChangeActorKind.Person), (lead.RequestHistory![^1].Value, lead.RequestHistory[^1].Actor.Kind));
        Assert.Equal([ChangeActorKind.Person, ChangeActorKind.Workflow, ChangeActorKind.Integration], lead.StageHistory!.TakeLast(3).Select(c => c.Actor.Kind));
        Assert.Equal(("accept", ChangeActorKind.Person), (lead.AnswerHistory![^1].Value, lead.AnswerHistory[^1].Actor.Kind));
        Assert.Equal(Stage.Time.GetUtcNow(), lead.StageSince!.Value, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Writes_alone_and_on_condition_what_somebody_else_touched_just_now()
    {
        var ids = Stage.Add(3);
        await Stage.SetUpAsync();
        Stage.Pass(TimeSpan.FromHours(1));
        Stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["Title"] = "CEO" });
        await Stage.ReadAsync(ids, ReadDepth.Guard);
        Stage.Pass(TimeSpan.FromSeconds(30));
        Stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["Title"] = "COO" });

        var results = await Stage.WriteAsync([.. ids.Select(id => Write(id))]);

        Assert.Equal([WriteOutcome.NotSent, WriteOutcome.Applied, WriteOutcome.Applied], results.Select(r => r.Outcome));
        Assert.Single(Stage.Writes);
        await Stage.ReadAsync(ids, ReadDepth.Guard);
        Assert.Equal(WriteOutcome.Applied, (await Stage.WriteAsync([Write(ids[0])]))[0].Outcome);
    }

    [Fact]
    public async Task A_locked_row_waits_and_the_others_go()
    {
        var ids = Stage.Add(3);
        await Stage.SetUpAsync();
        Stage.Control.SetSwitch("salesforce", "lockedLeads", new JsonArray("p1"));

        var results = await Stage.WriteAsync([.. ids.Select(id => Write(id))]);

        Assert.Equal([WriteOutcome.Applied, WriteOutcome.NotSent, WriteOutcome.Applied], results.Select(r => r.Outcome));
        Assert.Contains("UNABLE_TO_LOCK_ROW", results[1].Reason);
    }

    [Fact]
    public async Task Keeps_the_owner_when_it_writes()
    {
        var id = Stage.Add(new LeadSpec { Key = "a", Email = "a@a.dk", Owner = "rep1" })[0];
        await Stage.SetUpAsync();
        var before = (await Stage.ReadAsync([id], ReadDepth.Guard))[0].Lead!.OwnerId;

        await Stage.WriteAsync([Write(id)]);

        Assert.Equal(before, (await Stage.ReadAsync([id], ReadDepth.Guard))[0].Lead!.OwnerId);
    }

    [Fact]
    public async Task Reads_on_when_a_field_is_hidden_meanwhile()
    {
        var id = Stage.Add(new LeadSpec { Key = "a", Email = "a@a.dk", JobTitle = "CEO" })[0];
        await Stage.ReadAsync([id], ReadDepth.Facts);
        Stage.Control.SetSwitch("salesforce", "hiddenFields", new JsonArray("Lead.Title"));

        var facts = (await Stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!.Facts!;

        Assert.Equal((true, false), (facts["person.email"].IsKnown, facts["person.role"].IsKnown));
    }

    [Fact]
    public async Task Leads_and_contacts_in_turn_go_in_one_request()
    {
        await Stage.SetUpAsync();
        var ids = Stage.Add(12);
        foreach (var i in Enumerable.Range(0, 6))
            Stage.Act($"p{2 * i}", "convert");
        Stage.Pass(TimeSpan.FromMinutes(20));
        string[] records = [.. (await Stage.ReadAsync(ids, ReadDepth.Guard)).Select(r => r.MovedTo ?? r.LeadId)];
        var before = Stage.Control.Log().Count;

        var results = await Stage.WriteAsync([.. records.Select(id => Write(id))]);

        Assert.Equal(records, results.Select(r => r.LeadId));
        Assert.All(results, r => Assert.Equal(WriteOutcome.Applied, r.Outcome));
        Assert.Single(Stage.Control.Log().Skip(before), l => l.Method == "PATCH");
    }

    [Fact]
    public async Task A_stage_field_that_is_hidden_is_no_emptied_stage()
    {
        var id = Stage.Add(1)[0];
        await Stage.WriteAsync([Write(id)]);
        Stage.Control.SetSwitch("salesforce", "hiddenFields", new JsonArray("Lead.Lifecycle_Stage__c"));

        var before = await Assert.ThrowsAsync<CrmException>(() => Stage.ReadAsync([id], ReadDepth.Guard));
        var problems = await Stage.CheckAsync();
        var after = await Assert.ThrowsAsync<CrmException>(() => Stage.ReadAsync([id], ReadDepth.Facts));
        Stage.Control.SetSwitch("salesforce", "hiddenFields", new JsonArray());
        await Stage.CheckAsync();

        Assert.Equal((CrmFailure.Refused, CrmFailure.Refused), (before.Failure, after.Failure));
        Assert.Equal(ProblemReach.Everything, Assert.Single(problems, p => p.Code == "stage-field-missing").Reach);
        Assert.NotNull((await Stage.ReadAsync([id], ReadDepth.Guard))[0].Lead!.Stage);
    }

    [Fact]
    public async Task Sees_a_demo_request_a_download_and_a_webinar_among_responses()
    {
        var id = Stage.Add(1)[0];
        foreach (var kind in new[] { "handRaise", "contentDownload", "webinarAttended", "meetingBooked" })
        {
            Stage.Pass(TimeSpan.FromDays(1));
            Stage.Act("p0", "submit-form", fields: new Dictionary<string, string?> { ["kind"] = kind });
        }

        var facts = (await Stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!.Facts!;

        foreach (var (kind, day) in new[] { ("handRaise", 1), ("contentDownload", 2), ("webinarAttended", 3) })
            Assert.Equal(CrmStage.Start.AddDays(day), Assert.Single(facts[$"engagement.{kind}"].Engagement.Acts).At);
        Assert.Equal(CrmStage.Start.AddDays(4), facts["engagement.meetingBooked"].Engagement.LastAt);
        Assert.Equal(DateTimeOffset.MinValue, facts["engagement.handRaise"].Engagement.CompleteSince);
    }

    [Fact]
    public async Task Says_what_to_do_by_hand_where_the_right_is_missing()
    {
        Stage.Control.SetSwitch("salesforce", "mayCustomize", JsonValue.Create(false));

        var steps = await Stage.PumpAsync(Stage.Adapter.SetupAsync(false, Stop));

        Assert.DoesNotContain(steps, s => s is { What: "field", Outcome: SetupOutcome.Created });
        Assert.Contains(steps, s => s is { Name: "Lead.crmsync_decision__c", Outcome: SetupOutcome.Manual } && s.Detail!.Contains("reject_bad_timing", StringComparison.Ordinal));
        foreach (var (field, words) in new[] { ("marker", "Text of 255"), ("marker", "history tracked"), ("fit", "Number of 18 digits with 0 decimals") })
            Assert.Contains(words, steps.Single(s => s.Name == $"Lead.crmsync_{field}__c").Detail);
    }

    private async Task<List<string>> PollAsync(ICrmAdapter adapter)
    {
        var (ids, position, more) = (new List<string>(), adapter.PositionAt(CrmStage.Start.AddSeconds(-1)), true);
        while (more)
        {
            var page = await Stage.PumpAsync(adapter.PollAsync("leads", position, Stage.Time.GetUtcNow(), Stop));
            ids.AddRange(page.Records.Select(r => r.Id));
            (position, more) = (page.Position, page.More);
        }
        return ids;
    }
}

/// <summary>The same where tasks and notes are known by a word in their body.</summary>
public sealed class SalesforceKeyInBodyTests : SalesforceAdapterTests
{
    internal override CrmDialect Dialect() => base.Dialect() with
    {
        Connection = card => Connection(card, ("ActivityKey", "body")) with { Token = new Secret(card.Token) },
        Makes = new() { Method = "POST", Path = "*/composite/sobjects" },
    };
}

/// <summary>The same with OAuth, on rotating refresh tokens.</summary>
public sealed class SalesforceOAuthTests : SalesforceAdapterTests
{
    internal override SalesforceSwitches Switches => base.Switches with { RotateRefreshTokens = true };

    internal override CrmDialect Dialect() => base.Dialect() with
    {
        Connection = card => Connection(card) with { ClientId = card.ClientId, ClientSecret = new Secret(card.ClientSecret), RefreshToken = new Secret(card.RefreshToken) },
    };
}
