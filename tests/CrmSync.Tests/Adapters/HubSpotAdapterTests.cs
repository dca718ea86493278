using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Adapters;

/// <summary>The contract on HubSpot's dialect, and HubSpot's own quirks.</summary>
public class HubSpotAdapterTests : CrmAdapterContract
{
    internal override Task<CrmStage> StartAsync() => CrmStage.StartAsync(Dialect(), new SandboxOptions { HubSpot = Switches });

    internal virtual CrmSync.Sandbox.HubSpot.Schema.HubSpotSwitches Switches =>
        new() { StaticLimit = 100_000, OAuthLimit = 100_000, SearchLimit = 100_000, ArchivedOwners = ["rep3"] };

    internal virtual CrmDialect Dialect() => new(
        "hubspot",
        services => services.AddHubSpot(),
        card => Connection(card) with { Token = new Secret(card.Token) },
        new() { Method = "POST", Path = "/batch/read" },
        new() { Method = "POST", Path = "/batch/update" },
        "999999999")
    {
        Makes = new() { Method = "POST", Path = "/tasks/batch/upsert" },
        SetUpPath = "/properties/",
        BatchSize = 100,
        Companies = "companies",
        Words = new("hs_task_subject", "hs_task_body", "hs_note_body", "hs_task_status", "COMPLETED", "<br>[", Html),
    };

    /// <summary>Bodies are shown as HTML: what a person wrote must not act as such.</summary>
    private static string Html(string text) => System.Net.WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    internal static CrmConnection Connection(AccountCard card, params (string Name, string Value)[] options) => new()
    {
        Name = "main",
        Crm = "hubspot",
        AccountId = card.AccountId,
        BaseUrl = new Uri(card.BaseUrl),
        QuotaShare = 1,
        Mapping = new() { Options = new Dictionary<string, string>(options.ToDictionary(o => o.Name, o => o.Value)) { ["SearchesPerSecond"] = "100000" } },
    };

    [Fact]
    public async Task Gets_through_a_page_of_one_instant()
    {
        var ids = Stage.Add(450); // the clock stands still: all have the same modified date
        Stage.Pass(TimeSpan.FromMinutes(5));

        var seen = await Stage.PollAsync("contacts", Stage.Adapter.PositionAt(CrmStage.Start.AddSeconds(-1)));

        Assert.Equal(ids.Order(), seen.Ids.Order());
    }

    [Fact]
    public async Task Clears_then_sets_a_stage_that_goes_back()
    {
        var id = Stage.Add(new LeadSpec { Key = "a", Email = "a@a.dk", Stage = "SalesQualified" })[0];
        await Stage.SetUpAsync();

        var straight = await Stage.WriteAsync([Write(id, LifecycleStage.MarketingQualified)]);
        var cleared = await Stage.WriteAsync([Write(id, null, StageStep.Clear)]);
        var set = await Stage.WriteAsync([Write(id, LifecycleStage.MarketingQualified)]);

        Assert.Equal([WriteOutcome.Unchanged, WriteOutcome.Applied, WriteOutcome.Applied], new[] { straight, cleared, set }.Select(r => r[0].Outcome));
        Assert.Equal(LifecycleStage.MarketingQualified, (await Stage.ReadAsync([id], ReadDepth.Guard))[0].Lead!.Stage);
    }

    [Fact]
    public async Task Finds_the_accepted_stage_by_its_label()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();

        await Stage.WriteAsync([Write(id, LifecycleStage.SalesAccepted)]);

        var lead = (await Stage.ReadAsync([id], ReadDepth.Guard))[0].Lead!;
        Assert.Equal(LifecycleStage.SalesAccepted, lead.Stage);
        Assert.True(long.TryParse(lead.StageValue, out _));
    }

    [Fact]
    public async Task Writes_fields_alone_where_the_account_lacks_the_stage()
    {
        var adapter = Stage.Connect(c => c with { Mapping = c.Mapping with { Stages = new Dictionary<LifecycleStage, string> { [LifecycleStage.SalesAccepted] = "none" } } });
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();

        var result = await Stage.PumpAsync(adapter.WriteAsync([Write(id, LifecycleStage.SalesAccepted)], Stop));

        Assert.Equal(WriteOutcome.Applied, result[0].Outcome);
        var lead = (await Stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!;
        Assert.Equal((LifecycleStage.Lead, "75"), (lead.Stage, lead.Fields[HandoverFields.Fit]));
    }

    [Fact]
    public async Task Tells_who_set_a_stage()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        Stage.Pass(TimeSpan.FromMinutes(1));
        Stage.Act("p0", "set-stage", stage: "MarketingQualified");
        Stage.Pass(TimeSpan.FromMinutes(1));
        Stage.Act("p0", "set-stage", stage: "SalesQualified", person: "automation");
        Stage.Pass(TimeSpan.FromMinutes(1));
        Stage.Act("p0", "accept");
        await Stage.WriteAsync([Write(id, LifecycleStage.Opportunity) with { Fields = new Dictionary<string, string?> { [HandoverFields.Marker] = "m" } }]);

        var lead = (await Stage.ReadAsync([id], ReadDepth.History))[0].Lead!;

        Assert.Equal([ChangeActorKind.Person, ChangeActorKind.Workflow, ChangeActorKind.Integration], lead.StageHistory!.TakeLast(3).Select(c => c.Actor.Kind));
        Assert.Equal(("accept", ChangeActorKind.Person), (lead.AnswerHistory![^1].Value, lead.AnswerHistory[^1].Actor.Kind));
        Assert.NotNull(lead.StageSince);
    }

    [Fact]
    public async Task Sees_a_demo_request_behind_a_later_download()
    {
        var id = Stage.Add(1)[0];
        foreach (var kind in new[] { "handRaise", "contentDownload", "contentDownload" })
        {
            Stage.Pass(TimeSpan.FromDays(1));
            Stage.Act("p0", "submit-form", fields: new Dictionary<string, string?> { ["kind"] = kind });
        }

        var facts = (await Stage.ReadAsync([id], ReadDepth.History))[0].Lead!.Facts!;

        var raised = facts["engagement.handRaise"].Engagement;
        Assert.Equal(CrmStage.Start.AddDays(1), Assert.Single(raised.Acts).At);
        Assert.Equal(DateTimeOffset.MinValue, raised.CompleteSince);
        Assert.Equal(2, facts["engagement.contentDownload"].Engagement.Acts.Count);
    }

    [Fact]
    public async Task Knows_open_and_won_deals()
    {
        var id = Stage.Add(2);
        Stage.Act("p0", "win");

        var readings = await Stage.ReadAsync(id, ReadDepth.Facts);

        Assert.True(readings[0].Lead!.Facts!["deal.won"].Flag);
        Assert.False(readings[1].Lead!.Facts!["deal.won"].Flag);
        Assert.True(readings[1].Lead!.Facts!["deal.won"].IsKnown);
    }

    [Theory]
    [InlineData("""{"status":"error","message":"You have reached your ten_secondly_rolling limit.","errorType":"RATE_LIMIT","policyName":"TEN_SECONDLY_ROLLING"}""")]
    [InlineData("""{"status":"error","message":"You have reached your secondly limit.","correlationId":"x","category":"RATE_LIMITS"}""")]
    public async Task Waits_out_a_short_limit(string body)
    {
        var ids = Stage.Add(1);
        await Stage.SetUpAsync();
        Stage.Fail(new() { Path = "/batch/" }, "status", 2, 429, body);

        Assert.Equal(CrmReadingKind.Found, (await Stage.ReadAsync(ids, ReadDepth.Guard))[0].Kind);
        Assert.Equal(WriteOutcome.Applied, (await Stage.WriteAsync([Write(ids[0])]))[0].Outcome);
    }

    [Fact]
    public async Task Parks_when_the_day_is_spent()
    {
        var ids = Stage.Add(1);
        await Stage.CheckAsync();
        Stage.Fail(new() { Path = "/batch/read" }, "status", 1, 429, """{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}""");

        var parked = await Assert.ThrowsAsync<CrmException>(() => Stage.ReadAsync(ids, ReadDepth.Guard));

        Assert.Equal(CrmFailure.RateLimited, parked.Failure);
        Assert.InRange(parked.RetryAt!.Value - Stage.Time.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
    }

    [Fact]
    public async Task Names_the_scopes_that_are_missing()
    {
        Stage.Control.SetSwitch("hubspot", "scopes", new System.Text.Json.Nodes.JsonArray("crm.objects.contacts.read", "crm.objects.companies.read"));

        var problems = await Stage.CheckAsync();

        Assert.Contains(problems, p => p.Code == "scope-missing" && p.Repair.Contains("crm.objects.deals.read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reads_on_without_the_right_to_see_deals()
    {
        Stage.Control.SetSwitch("hubspot", "scopes", new System.Text.Json.Nodes.JsonArray("crm.objects.contacts.read"));
        var ids = Stage.Add(new LeadSpec { Key = "a", Email = "a@a.dk", Company = new() { Name = "A", Employees = 30 } });

        var facts = (await Stage.ReadAsync(ids, ReadDepth.Facts))[0].Lead!.Facts!;

        Assert.True(facts["person.email"].IsKnown);
        Assert.False(facts["company.employees"].IsKnown);
    }
}

/// <summary>The same on the legacy paths.</summary>
public sealed class HubSpotLegacyPathTests : HubSpotAdapterTests
{
    internal override CrmDialect Dialect() => base.Dialect() with { Connection = card => Connection(card, ("ApiVersion", "v3")) with { Token = new Secret(card.Token) } };
}

/// <summary>The same where tasks and notes are known by a word in their body.</summary>
public sealed class HubSpotKeyInBodyTests : HubSpotAdapterTests
{
    internal override CrmDialect Dialect() => base.Dialect() with
    {
        Connection = card => Connection(card, ("ActivityKey", "body")) with { Token = new Secret(card.Token) },
        Makes = new() { Method = "POST", Path = "/tasks/batch/create" },
    };
}

/// <summary>The same with OAuth, on rotating refresh tokens.</summary>
public sealed class HubSpotOAuthTests : HubSpotAdapterTests
{
    internal override CrmSync.Sandbox.HubSpot.Schema.HubSpotSwitches Switches => base.Switches with { RotateRefreshTokens = true };

    internal override CrmDialect Dialect() => base.Dialect() with
    {
        Connection = card => Connection(card) with { ClientId = card.ClientId, ClientSecret = new Secret(card.ClientSecret), RefreshToken = new Secret(card.RefreshToken) },
    };
}
