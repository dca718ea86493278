using CrmSync.Adapters;
using CrmSync.Leads;
using static CrmSync.Tests.WriteBack.WriteBackBench;

namespace CrmSync.Tests.WriteBack;

/// <summary>
/// What our marker proves where no reply did: that our fields are there. Whether our stage is, the stage and its history tell.
/// </summary>
public sealed class ConfirmedTests
{
    private static readonly ChangeActor Us = new(ChangeActorKind.Integration);
    private static readonly ChangeActor Rep = new(ChangeActorKind.Person, "rep-1");
    private static readonly FieldChange Before = new("lead", T0.AddDays(-9), new(ChangeActorKind.Automation));
    private static readonly DateTimeOffset Written = T0.AddSeconds(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_marker_beside_another_stage_is_a_conflict_when_no_history_can_be_read(bool atTheGuard)
    {
        await using var bench = await WithAsync(Offer);
        await LoseAsync(bench, atTheGuard, () => bench.Crm.Holds(Lead, "customer", Offer.Body.Marker));

        await AssertConflictAsync(bench);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_marker_beside_the_stage_of_somebody_who_was_there_first_is_a_conflict_that_names_them(bool atTheGuard)
    {
        await using var bench = await WithAsync(Offer);
        await LoseAsync(bench, atTheGuard, () => Holds(bench, "customer", Before, new("customer", T0.AddSeconds(1), Rep)));

        await AssertConflictAsync(bench);
        Assert.Contains("person:rep-1 set the stage", bench.Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_marker_beside_a_stage_that_came_after_ours_confirms_ours_and_the_lead_is_looked_at_again(bool atTheGuard)
    {
        await using var bench = await WithAsync(Offer);
        await LoseAsync(bench, atTheGuard, () => Holds(bench, "customer", Before, new("mql", Written, Us), new("customer", Written.AddSeconds(9), Rep)));

        var lead = await bench.LeadAsync();
        Assert.Equal(("Applied", "write|applied"), (bench.Ends(), bench.Intents()));
        Assert.Equal((LifecycleStage.MarketingQualified, "mql"), (lead.Stage, lead.CrmStage));
        Assert.True(await bench.IsWaitingAsync());
    }

    [Fact]
    public async Task A_stage_that_we_had_set_long_before_proves_nothing()
    {
        await using var bench = await WithAsync(Offer);
        await LoseAsync(bench, false, () =>
            Holds(bench, "customer", new("mql", T0.AddDays(-30), Us), new("lead", T0.AddDays(-9), Rep), new("customer", T0.AddSeconds(1), Rep)));

        await AssertConflictAsync(bench);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_clearing_request_whose_marker_stands_beside_a_stage_has_cleared_nothing(bool atTheGuard)
    {
        await using var bench = await WithAsync(Clear);
        await LoseAsync(bench, atTheGuard, () => bench.Crm.Holds(Lead, "customer", Clear.Body.Marker));

        Assert.Equal(("Conflict", "clear|conflict"), (bench.Ends(), bench.Intents()));
        Assert.True(await bench.IsWaitingAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_that_ends_between_the_two_looks_is_never_called_written(bool isMoved)
    {
        await using var bench = await WithAsync(Offer);
        await LoseAsync(bench, false, () =>
        {
            bench.Crm.Holds(Lead, "mql", Offer.Body.Marker);
            var looks = 0;
            bench.Crm.BeforeRead = _ =>
            {
                if (++looks == 2)
                    bench.Crm.Records[Lead] = isMoved ? new(Lead, CrmReadingKind.Moved, MovedTo: "other") : new(Lead, CrmReadingKind.Gone);
            };
        });

        Assert.Equal(isMoved ? "Conflict" : "Gone", bench.Ends());
        Assert.True(await bench.IsWaitingAsync());
    }

    [Fact]
    public async Task A_text_without_a_stage_is_confirmed_by_its_marker_alone()
    {
        await using var bench = await WithAsync(Offer with { Body = Offer.Body with { StageStep = StageStep.Keep, Episode = null } });
        await LoseAsync(bench, false, () => bench.Crm.Holds(Lead, "customer", Offer.Body.Marker));

        Assert.Equal("Applied", bench.Ends());
    }

    /// <summary>Sends, loses the reply, and lets it be settled: by reading, or by the guard just before it would be sent again.</summary>
    private static async Task LoseAsync(WriteBackBench bench, bool atTheGuard, Action arrives)
    {
        await bench.LoseReplyAsync();
        if (atTheGuard)
        {
            for (var reading = 0; reading < 2; reading++)
            {
                bench.Clock.Advance(TimeSpan.FromMinutes(2));
                await bench.SettleAsync();
            }
        }
        arrives();
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, atTheGuard ? await bench.WriteAsync() : await bench.SettleAsync());
        Assert.Single(bench.Crm.Writes);
    }

    private static void Holds(WriteBackBench bench, string stage, params FieldChange[] history)
    {
        bench.Crm.Holds(Lead, stage, Offer.Body.Marker, null, history);
        var reading = bench.Crm.Records[Lead];
        bench.Crm.Records[Lead] = reading with { Lead = reading.Lead! with { MarkerSince = Written } };
    }

    private static async Task AssertConflictAsync(WriteBackBench bench)
    {
        var lead = await bench.LeadAsync();
        Assert.Equal(("Conflict, Observed", "write|conflict"), (bench.Ends(), bench.Intents()));
        Assert.Equal((LifecycleStage.Lead, "lead", Offer.Body.Marker), (lead.Stage, lead.CrmStage, lead.Memory.Marker));
        Assert.Equal(bench.Clock.GetUtcNow(), lead.Memory.ForeignStageAt);
        Assert.True(await bench.IsWaitingAsync());
    }
}
