using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Adapters;

/// <summary>What every CRM's adapter does, on its dialect of the sandbox. A new CRM is a subclass with a <see cref="CrmStage"/>.</summary>
public abstract partial class CrmAdapterContract : IAsyncLifetime
{
    private CrmStage? _stage;

    internal CrmStage Stage => _stage!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal abstract Task<CrmStage> StartAsync();

    public async ValueTask InitializeAsync() => _stage = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Polls_every_change_over_many_pages()
    {
        var ids = Stage.Add(450);
        Stage.Pass(TimeSpan.FromMinutes(10));

        var seen = await Stage.PollAsync(Stage.Adapter.Streams[0], Stage.Adapter.PositionAt(CrmStage.Start.AddMinutes(-1)));

        Assert.Equal(ids.Order(), seen.Ids.Order());
    }

    [Fact]
    public async Task Gives_the_same_delivery_to_the_same_change()
    {
        Stage.Add(3);
        Stage.Pass(TimeSpan.FromMinutes(2));
        var first = await Stage.PollAsync(Stage.Adapter.Streams[0], Stage.Adapter.PositionAt(CrmStage.Start));

        var again = await Stage.PollAsync(Stage.Adapter.Streams[0], first.Position);

        Assert.Equal(first.Deliveries.Order(), again.Deliveries.Order());
    }

    [Fact]
    public async Task Clamps_a_position_that_makes_no_sense()
    {
        Stage.Add(1);
        Stage.Pass(TimeSpan.FromMinutes(2));

        foreach (var position in new[] { "", "garbage", Stage.Adapter.PositionAt(CrmStage.Start.AddYears(50)) })
            Assert.Single((await Stage.PollAsync(Stage.Adapter.Streams[0], position)).Ids);
    }

    [Fact]
    public async Task Sweeps_the_living_then_the_archived()
    {
        var ids = Stage.Add(230);
        Stage.Act("p7", "archive");

        var swept = await Stage.SweepAsync();

        Assert.Equal(ids.Order(), swept.Order());
        Assert.Equal(ids[7], swept[^1]);
    }

    [Fact]
    public async Task Answers_one_reading_per_id_in_the_order_asked()
    {
        var ids = Stage.Add(130);
        string[] asked = [ids[120], Stage.NoSuchId, ids[3], ids[120]];

        var readings = await Stage.ReadSettledAsync(asked, ReadDepth.Facts);

        Assert.Equal(asked, readings.Select(r => r.LeadId));
        Assert.Equal([CrmReadingKind.Found, CrmReadingKind.Gone, CrmReadingKind.Found, CrmReadingKind.Found], readings.Select(r => r.Kind));
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("delete")]
    public async Task A_lead_that_vanished_is_gone(string act)
    {
        var ids = Stage.Add(2);
        Stage.Act("p0", act);

        var readings = await Stage.ReadSettledAsync(ids, ReadDepth.Guard);

        Assert.Equal([CrmReadingKind.Gone, CrmReadingKind.Found], readings.Select(r => r.Kind));
    }

    [Fact]
    public async Task A_lead_that_moved_says_where_and_its_survivor_knows_it()
    {
        var ids = Stage.Add(2);
        var survivor = Stage.Move("p0", "p1");
        Stage.Pass(TimeSpan.FromSeconds(10));

        var moved = (await Stage.ReadAsync(ids, ReadDepth.Guard))[0];
        var now = (await Stage.ReadAsync([moved.MovedTo!], ReadDepth.Guard))[0];

        Assert.Equal(CrmReadingKind.Moved, moved.Kind);
        Assert.True(survivor is null || survivor == ids[0] || survivor == moved.MovedTo);
        Assert.Contains(ids[0], now.Lead!.FormerIds);
    }

    [Fact]
    public async Task Reads_who_they_are_and_where_they_work()
    {
        var spec = new LeadSpec
        {
            Key = "a",
            Email = "maja@nordpump.dk",
            Name = "Maja Holm",
            JobTitle = "Produktionschef",
            Country = "Denmark",
            Company = new() { Key = "c", Name = "Nordpump", Domain = "nordpump.dk", Employees = 240, Country = "Denmark", Industry = "machinery" },
            Engagement = [new() { Kind = "pageView", Count = 4 }],
        };
        var id = Stage.Add(spec)[0];

        var lead = (await Stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!;

        Assert.Equal(LifecycleStage.Lead, lead.Stage);
        Assert.Equal("nordpump.dk", lead.Facts![WellKnownFacts.PersonEmailDomain].Text);
        Assert.Equal("Produktionschef", lead.Facts[WellKnownFacts.PersonRole].Text);
        Assert.Equal(240, lead.Facts[WellKnownFacts.CompanyEmployees].Number);
        Assert.Equal("Denmark", lead.Facts[WellKnownFacts.CompanyCountry].Text);
        Assert.False(lead.Facts[WellKnownFacts.DealOpen].Flag);
        Assert.Equal(4, lead.Facts["engagement.pageView"].Engagement.Total);
    }

    [Fact]
    public async Task Tells_when_the_marker_was_written_where_history_is_kept()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        await Stage.WriteAsync([Write(id)]);
        var written = Stage.Time.GetUtcNow();
        Stage.Pass(TimeSpan.FromMinutes(5));

        var since = (await Stage.ReadAsync([id], ReadDepth.History))[0].Lead!.MarkerSince;

        Assert.Equal(Stage.Adapter.KeepsHistoryOf(id), since is not null);
        Assert.True(since is null || written - since < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Puts_a_stage_back_by_the_CRMs_own_value()
    {
        var ids = Stage.Add(2);
        await Stage.SetUpAsync();
        await Stage.WriteAsync([Write(ids[0])]);
        var value = (await Stage.ReadAsync([ids[0]], ReadDepth.Guard))[0].Lead!.StageValue;

        var result = (await Stage.WriteAsync([Write(ids[1], stage: null) with { StageValue = value }]))[0];

        Assert.Equal(WriteOutcome.Applied, result.Outcome);
        var lead = (await Stage.ReadAsync([ids[1]], ReadDepth.Guard))[0].Lead!;
        Assert.Equal((value, LifecycleStage.MarketingQualified), (lead.StageValue, lead.Stage));
    }

    [Fact]
    public async Task Finds_the_leads_of_a_company()
    {
        var ids = Stage.Add(Enumerable.Range(0, 3).Select(i => new LeadSpec { Key = $"k{i}", Email = $"k{i}@a.dk", Company = new() { Key = "a", Name = "A" } }).ToArray());
        Stage.Pass(TimeSpan.FromMinutes(2));
        var company = Assert.Single((await Stage.PollAsync(Stage.Companies, Stage.Adapter.PositionAt(CrmStage.Start))).Ids.Distinct());

        var leads = await Stage.PumpAsync(Stage.Adapter.LeadsOfAsync(Stage.Companies, [company], Stop));

        Assert.Equal(ids.Order(), leads[company].Order());
    }

    [Fact]
    public async Task Writes_stage_fields_and_marker_in_one_request()
    {
        var ids = Stage.Add(Stage.BatchSize + 20);
        await Stage.SetUpAsync();

        var results = await Stage.WriteAsync([.. ids.Select(id => Write(id))]);

        Assert.All(results, r => Assert.Equal(WriteOutcome.Applied, r.Outcome));
        Assert.Equal(ids, results.Select(r => r.LeadId));
        Assert.Equal((ids.Count + Stage.BatchSize - 1) / Stage.BatchSize, Stage.Writes.Count);
        var read = (await Stage.ReadAsync(ids, ReadDepth.Guard)).Select(r => r.Lead!).ToList();
        Assert.All(read, lead => Assert.Equal(LifecycleStage.MarketingQualified, lead.Stage));
        Assert.All(read, lead => Assert.Equal($"marker-{lead.Ref.Id}", lead.Fields[HandoverFields.Marker]));
    }

    [Fact]
    public async Task A_write_sent_again_changes_nothing_more()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        await Stage.WriteAsync([Write(id)]);

        var again = await Stage.WriteAsync([Write(id)]);

        Assert.Equal(WriteOutcome.Applied, again[0].Outcome);
        Assert.Empty(Stage.Writes[^1].Effects);
    }

    [Theory]
    [InlineData("drop-before")]
    [InlineData("drop-after")]
    [InlineData("cut")]
    [InlineData("html")]
    [InlineData("status")]
    public async Task A_write_without_a_clear_answer_is_unknown_and_sent_once(string fault)
    {
        var ids = Stage.Add(Stage.BatchSize + 20);
        await Stage.SetUpAsync();
        Stage.FailWrites(fault, 1);

        var results = await Stage.WriteAsync([.. ids.Select(id => Write(id))]);

        Assert.All(results.Take(Stage.BatchSize), r => Assert.Equal(WriteOutcome.Unknown, r.Outcome));
        Assert.All(results.Skip(Stage.BatchSize), r => Assert.Equal(WriteOutcome.NotSent, r.Outcome));
        Assert.Single(Stage.Writes);
    }

    [Fact]
    public async Task A_write_to_a_vanished_lead_does_not_spoil_the_others()
    {
        var ids = Stage.Add(3);
        await Stage.SetUpAsync();
        Stage.Act("p0", "delete");
        Stage.Move("p1", "p2");
        Stage.Pass(TimeSpan.FromSeconds(10));

        var results = await Stage.WriteAsync([.. ids.Select(id => Write(id))]);

        Assert.Equal([WriteOutcome.Gone, WriteOutcome.Gone, WriteOutcome.Applied], results.Select(r => r.Outcome));
    }

    [Fact]
    public async Task One_refused_row_is_refused_alone()
    {
        var ids = Stage.Add(20);
        await Stage.SetUpAsync();
        var writes = ids.Select(id => Write(id)).ToList();
        writes[13] = writes[13] with { Fields = new Dictionary<string, string?> { [HandoverFields.Decision] = "no such option" } };

        var results = await Stage.WriteAsync(writes);

        Assert.Equal(13, results.ToList().FindIndex(r => r.Outcome == WriteOutcome.Refused));
        Assert.Equal(19, results.Count(r => r.Outcome == WriteOutcome.Applied));
        Assert.DoesNotContain("no such option", results[13].Reason);
    }

    [Fact]
    public async Task A_read_outlives_passing_faults()
    {
        var ids = Stage.Add(1);
        Stage.FailReads("status", 1);
        Stage.FailReads("cut", 1);

        Assert.Equal(CrmReadingKind.Found, (await Stage.ReadAsync(ids, ReadDepth.Guard))[0].Kind);
    }

    [Fact]
    public async Task Refused_credentials_stop_the_work_after_few_calls()
    {
        var ids = Stage.Add(1);
        await Stage.ReadAsync(ids, ReadDepth.Guard);
        Stage.Revoke();
        var before = Stage.Requests;

        var refused = await Assert.ThrowsAsync<CrmException>(async () =>
        {
            await Stage.ReadAsync(ids, ReadDepth.Guard);
            await Stage.ReadAsync(ids, ReadDepth.Guard);
        });

        Assert.Equal(CrmFailure.Unauthorised, refused.Failure);
        Assert.InRange(Stage.Requests - before, 1, 3);
    }

    [Fact]
    public async Task Check_names_what_is_missing_and_set_up_mends_it()
    {
        var before = await Stage.CheckAsync();
        var planned = await Stage.PumpAsync(Stage.Adapter.SetupAsync(true, Stop));
        Assert.Empty(Stage.Writes);
        var done = await Stage.PumpAsync(Stage.Adapter.SetupAsync(false, Stop));
        var again = await Stage.PumpAsync(Stage.Adapter.SetupAsync(false, Stop));
        var after = await Stage.CheckAsync();

        Assert.Equal(HandoverFields.All.Count, before.Count(p => p is { Code: "property-missing", Reach: ProblemReach.Writing }));
        Assert.Equal(planned.Count(s => s.Outcome == SetupOutcome.WouldCreate), done.Count(s => s.Outcome == SetupOutcome.Created));
        Assert.DoesNotContain(again, s => s.Outcome is SetupOutcome.Created or SetupOutcome.WouldCreate);
        Assert.All(after, p => Assert.Equal(ProblemReach.Hint, p.Reach));
    }

    [Fact]
    public async Task Check_refuses_another_account()
    {
        var other = Stage.Connect(c => c with { AccountId = "999" });

        var problem = Assert.Single(await Stage.PumpAsync(other.CheckAsync(Stop)));

        Assert.Equal(("account-differs", ProblemReach.Everything, "Connections:main:AccountId"), (problem.Code, problem.Reach, problem.Setting));
    }

    protected static LeadWrite Write(string id, LifecycleStage? stage = LifecycleStage.MarketingQualified, StageStep step = StageStep.Set) => new(
        id, $"trace-{id}", step, stage, new Dictionary<string, string?> { [HandoverFields.Marker] = $"marker-{id}", [HandoverFields.Fit] = "75", [HandoverFields.Decision] = null });
}
