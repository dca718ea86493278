using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Tests.Adapters;

/// <summary>The contract on Pipedrive's dialect, and Pipedrive's own quirks.</summary>
public class PipedriveAdapterTests : CrmAdapterContract
{
    internal override Task<CrmStage> StartAsync() => CrmStage.StartAsync(Dialect(), new SandboxOptions { Pipedrive = Switches });

    internal virtual PipedriveSwitches Switches => new() { Plan = "Ultimate", Seats = 100, InactiveUsers = ["rep3"] };

    internal virtual CrmDialect Dialect() => new(
        "pipedrive",
        services => services.AddPipedrive(),
        card => Connection(card),
        new() { Method = "GET", Path = "/api/v1/leads/" },
        new() { Method = "PATCH", Path = "/api/v1/leads/" },
        "5d0c2f10-1611-11f1-8a51-0f2b6c0d9e77")
    {
        Makes = new() { Method = "POST", Path = "*/api/v2/activities" },
        Moves = ("convert", false),
        SetUpPath = "/api/v2/dealFields",
        BatchSize = 1,
        Companies = "organizations",
        Words = new("subject", "note", "content", "done", "true", "<br>[", text => text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal)),
    };

    internal static CrmConnection Connection(AccountCard card, params (string Name, string Value)[] options) => new()
    {
        Name = "main",
        Crm = "pipedrive",
        AccountId = card.AccountId,
        BaseUrl = new Uri(card.BaseUrl),
        Token = new Secret(card.Token),
        QuotaShare = 1,
        Mapping = new() { Options = options.ToDictionary(o => o.Name, o => o.Value) },
    };

    [Fact]
    public async Task Follows_a_lead_to_the_deal_that_it_became()
    {
        var id = Stage.Add(new LeadSpec { Key = "a", Name = "Anna Holm", Email = "a@a.dk", Company = new() { Key = "c", Name = "C", Industry = "machinery", Employees = 40 } })[0];
        await Stage.SetUpAsync();
        await Stage.WriteAsync([Write(id, LifecycleStage.SalesAccepted)]);
        Stage.Act("a", "convert");
        Stage.Pass(TimeSpan.FromMinutes(1));

        var moved = (await Stage.ReadAsync([id], ReadDepth.Facts))[0];
        var deal = (await Stage.ReadAsync([moved.MovedTo!], ReadDepth.Facts))[0].Lead!;

        Assert.Equal(CrmReadingKind.Moved, moved.Kind);
        Assert.Equal(("deal", LifecycleStage.Opportunity), (deal.ObjectKind, deal.Stage));
        Assert.Equal([id], deal.FormerIds);
        Assert.Equal($"marker-{id}", deal.Fields[HandoverFields.Marker]);
        Assert.Equal((true, false, 40m), (deal.Facts!["deal.open"].Flag, deal.Facts["deal.won"].Flag, deal.Facts["company.employees"].Number));
        Assert.Equal(WriteOutcome.Gone, (await Stage.WriteAsync([Write(id)]))[0].Outcome);
        Assert.Equal(WriteOutcome.Applied, (await Stage.WriteAsync([Write(deal.Ref.Id)]))[0].Outcome);
    }

    [Theory]
    [InlineData("win", LifecycleStage.Customer, true, false)]
    [InlineData("lose", LifecycleStage.Opportunity, false, false)]
    public async Task Knows_how_the_deal_ended(string act, LifecycleStage stage, bool won, bool open)
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        Stage.Act("p0", act);
        Stage.Pass(TimeSpan.FromMinutes(1));

        var deal = (await Stage.ReadAsync([(await Stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!], ReadDepth.Facts))[0].Lead!;

        Assert.Equal((stage, won, open), (deal.Stage, deal.Facts!["deal.won"].Flag, deal.Facts["deal.open"].Flag));
        Assert.NotNull(deal.StageSince);
    }

    [Fact]
    public async Task What_came_of_a_lead_is_told_by_its_own_deal_and_by_no_other_of_the_person()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        var open = (await Stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!.OwnDeal;
        Stage.Act("p0", "lose");
        Stage.Pass(TimeSpan.FromMinutes(1));

        var deal = (await Stage.ReadAsync([(await Stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!], ReadDepth.Facts))[0].Lead!;

        Assert.Equal((null, DealStanding.Lost), (open, deal.OwnDeal!.Stands));
        Assert.NotNull(deal.OwnDeal.Since);
    }

    [Fact]
    public async Task Knows_who_they_are_where_the_company_has_no_Campaigns()
    {
        Stage.Control.SetSwitch("pipedrive", "campaigns", System.Text.Json.Nodes.JsonValue.Create(false));
        var ids = Stage.Add(12);
        var before = Stage.Control.Log().Count;

        var first = await Stage.ReadAsync(ids, ReadDepth.Facts);
        var second = await Stage.ReadAsync([ids[0]], ReadDepth.Facts);

        Assert.All(first.Concat(second), r => Assert.True(r.Lead!.Facts!["person.email"].IsKnown));
        Assert.All(first, r => Assert.False(r.Lead!.Facts!["consent.optedOut"].IsKnown));
        Assert.Single(Stage.Control.Log().Skip(before), l => l.Status == 400);
    }

    [Fact]
    public async Task Whether_the_company_has_Campaigns_is_found_out_anew_by_the_next_whole_check()
    {
        Stage.Control.SetSwitch("pipedrive", "campaigns", System.Text.Json.Nodes.JsonValue.Create(false));
        var ids = Stage.Add(1);
        await Stage.ReadAsync(ids, ReadDepth.Facts);
        Stage.Control.SetSwitch("pipedrive", "campaigns", System.Text.Json.Nodes.JsonValue.Create(true));
        var before = await Stage.ReadAsync(ids, ReadDepth.Facts);

        Stage.Pass(TimeSpan.FromHours(7));
        await Stage.CheckAsync();
        var after = await Stage.ReadAsync(ids, ReadDepth.Facts);

        Assert.Equal([false, true], before.Concat(after).Select(r => r.Lead!.Facts!["consent.optedOut"].IsKnown));
    }

    [Fact]
    public async Task A_deal_leads_back_to_the_lead_that_it_was_and_another_to_none()
    {
        var ids = Stage.Add(2);
        Stage.Act("p0", "win");
        Stage.Pass(TimeSpan.FromMinutes(2));
        var deal = Assert.Single((await Stage.PollAsync("deals", Stage.Adapter.PositionAt(CrmStage.Start))).Ids);

        var leads = await Stage.PumpAsync(Stage.Adapter.LeadsOfAsync("deals", [deal, "999999"], Stop));

        Assert.Equal([ids[0]], leads[deal]);
        Assert.DoesNotContain("999999", leads.Keys);
    }

    [Fact]
    public async Task Tells_of_a_deal_who_answered_and_when()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        Stage.Act("p0", "convert");
        Stage.Pass(TimeSpan.FromMinutes(1));
        var answered = Stage.Time.GetUtcNow();
        Stage.Act("p0", "accept", person: "rep1");
        Stage.Act("p0", "edit", person: "marketing", fields: new Dictionary<string, string?> { [HandoverFields.Request] = "hold" });
        Stage.Pass(TimeSpan.FromMinutes(1));
        var deal = (await Stage.ReadAsync([id], ReadDepth.Guard))[0].MovedTo!;

        var lead = (await Stage.ReadAsync([deal], ReadDepth.History))[0].Lead!;

        Assert.Equal(("accept", ChangeActorKind.Person), (lead.AnswerHistory![^1].Value, lead.AnswerHistory[^1].Actor.Kind));
        Assert.Equal(answered, lead.AnswerHistory[^1].At, TimeSpan.FromSeconds(2));
        Assert.Equal(("hold", ChangeActorKind.Person), (lead.RequestHistory![^1].Value, lead.RequestHistory[^1].Actor.Kind));
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("convert")]
    public async Task A_lead_that_went_between_read_and_write_is_gone_and_spoils_no_other(string act)
    {
        var ids = Stage.Add(3);
        await Stage.SetUpAsync();
        await Stage.ReadAsync(ids, ReadDepth.Guard);
        Stage.Act("p1", act);

        var results = await Stage.WriteAsync([.. ids.Select(id => Write(id))]);

        Assert.Equal([WriteOutcome.Applied, WriteOutcome.Gone, WriteOutcome.Applied], results.Select(r => r.Outcome));
    }

    [Fact]
    public async Task Finds_archived_leads_by_their_own_list_and_not_too_often()
    {
        Stage.Add(2);
        Stage.Pass(TimeSpan.FromMinutes(20));
        var position = Stage.Adapter.PositionAt(CrmStage.Start);
        Stage.Act("p0", "archive");
        Stage.Pass(TimeSpan.FromHours(7));

        var first = await Stage.PollAsync("archived", position);
        var before = Stage.Requests;
        var second = await Stage.PollAsync("archived", first.Position);

        Assert.Single(first.Ids);
        Assert.Empty(second.Ids);
        Assert.Equal(before, Stage.Requests);
    }

    [Fact]
    public async Task A_lead_that_a_page_has_just_shown_is_not_asked_for_again()
    {
        var ids = Stage.Add(50);
        Stage.Pass(TimeSpan.FromMinutes(1));
        await Stage.CheckAsync();
        await Stage.ReadAsync([], ReadDepth.Facts);
        await Stage.PollAsync("leads", Stage.Adapter.PositionAt(CrmStage.Start));
        var before = Stage.Requests;

        var readings = await Stage.ReadAsync(ids, ReadDepth.Facts);

        Assert.All(readings, r => Assert.Equal(CrmReadingKind.Found, r.Kind));
        Assert.InRange(Stage.Requests - before, 1, 5);
        before = Stage.Requests;
        await Stage.ReadAsync([ids[0]], ReadDepth.Guard);
        Assert.Equal(1, Stage.Requests - before);
    }

    [Fact]
    public async Task Gets_through_many_leads_of_one_second()
    {
        var adapter = Stage.Connect(c => c with { Mapping = c.Mapping with { Options = new Dictionary<string, string> { ["PageSize"] = "100" } } });
        var ids = Stage.Add(250); // the clock stands still: all have the same stamp
        Stage.Pass(TimeSpan.FromMinutes(2));
        var (seen, position, more) = (new HashSet<string>(), adapter.PositionAt(CrmStage.Start.AddMinutes(-1)), true);
        while (more)
        {
            var page = await Stage.PumpAsync(adapter.PollAsync("leads", position, Stage.Time.GetUtcNow(), Stop));
            seen.UnionWith(page.Records.Select(r => r.Id));
            (position, more) = (page.Position, page.More);
        }

        Assert.Equal(ids.Order(), seen.Order());
    }

    [Fact]
    public async Task Set_up_makes_each_webhook_once_and_removes_the_ones_too_many()
    {
        using var receiver = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        receiver.Start();
        var url = new Uri($"http://{receiver.LocalEndpoint}/webhooks/main");
        var adapter = Stage.Connect(c => c with { PublicUrl = url, WebhookSecrets = [new("s1")] });
        var stale = Stage.Connect(c => c with { PublicUrl = url, WebhookSecrets = [new("s0")] });
        await Stage.PumpAsync(stale.SetupAsync(false, Stop));

        var first = await Stage.PumpAsync(adapter.SetupAsync(false, Stop));
        var again = await Stage.PumpAsync(adapter.SetupAsync(false, Stop));
        var mended = await Stage.PumpAsync(adapter.MendWebhooksAsync(Stop));

        Assert.Equal(5, first.Count(s => s is { What: "webhook", Outcome: SetupOutcome.Created }));
        Assert.Equal(5, first.Count(s => s is { What: "webhook to remove", Outcome: SetupOutcome.Created }));
        Assert.Equal(5, again.Count(s => s is { What: "webhook", Outcome: SetupOutcome.Exists }));
        Assert.DoesNotContain(again.Concat(mended), s => s.What.StartsWith("webhook", StringComparison.Ordinal) && s.Outcome == SetupOutcome.Created);
    }

    [Fact]
    public async Task Says_what_the_first_reading_of_all_leads_takes()
    {
        var adapter = Stage.Connect(c => c with { QuotaShare = 0.6, Mapping = c.Mapping with { Options = new Dictionary<string, string> { ["Plan"] = "Lite" } } });

        var steps = await Stage.PumpAsync(adapter.SetupAsync(true, Stop));

        Assert.Contains("10,800 tokens a day", Assert.Single(steps, s => s.What == "first reading").Detail);
    }
}

/// <summary>The contract where whatever Pipedrive's documentation leaves open is the other way round.</summary>
public sealed class PipedriveOtherFormsTests : PipedriveAdapterTests
{
    internal override PipedriveSwitches Switches => base.Switches with
    {
        LeadEnum = "number", LeadPaginationNested = false, EmptyListNull = false, LeadUnknownKeysRefused = false, LimitClamped = false, RemovedGone = true, Unarchive = false,
        ErrorsCost = false, PurseHeaders = false, OldDailyHeader = false, RetryAfter = true, TimeZone = "America/New_York", ConversionTold = false, ArchivingTold = false, EpochTimestamps = true,
    };
}
