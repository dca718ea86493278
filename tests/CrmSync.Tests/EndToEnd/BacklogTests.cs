using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Going live with old leads: none by default, and with a backlog the newest of them, within the brakes.</summary>
public sealed class BacklogTests
{
    private static readonly StageSetting Shadow = new() { Live = false, Rules = OfferBrakeTests.WithLowThreshold };

    [Fact]
    public async Task A_backlog_offers_the_newest_within_the_age_and_the_brakes()
    {
        var old = Enumerable.Range(1, 10).Select(day => Downloaded($"day-{day}", day)).ToArray();
        await using var stage = await Stage.StartAsync(Shadow, [.. old, Downloaded("too-old", 40), Some.Lead("quiet")]);
        await stage.BaselineAsync();

        var answer = await GoLiveAsync(stage, "--backlog", "offer", "--newest", "8", "--max-age", "30d");
        await stage.RunUntilQuietAsync();

        Assert.Contains("8 old leads may be offered", answer.Out, StringComparison.Ordinal);
        Assert.Equal(["day-1", "day-2", "day-3", "day-4", "day-5"], Waiting(stage, old));
        await stage.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7", "day-8"], Waiting(stage, old));
        await stage.PassAsync(TimeSpan.FromDays(3));
        Assert.All(["day-9", "day-10", "too-old", "quiet"], key => Assert.Null(stage.Field(key, "crmsync_handover")));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_backlog_takes_nothing_older_than_its_age_however_much_room_there_is()
    {
        var old = new[] { Downloaded("day-1", 1), Downloaded("day-3", 3) };
        await using var stage = await Stage.StartAsync(Shadow, old);
        await stage.BaselineAsync();

        var answer = await GoLiveAsync(stage, "--backlog", "offer", "--newest", "8", "--max-age", "2d");
        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.Contains("1 old leads may be offered", answer.Out, StringComparison.Ordinal);
        Assert.Equal(["day-1"], Waiting(stage, old));
    }

    [Fact]
    public async Task An_old_hand_raise_waits_like_the_other_old_leads()
    {
        var old = Enumerable.Range(1, 7).Select(day => Some.Lead($"day-{day}") with { Engagement = [new EngagementSpec { Kind = "handRaise", At = Before(day) }] }).ToArray();
        await using var stage = await Stage.StartAsync(Shadow, old);
        await stage.BaselineAsync();

        await GoLiveAsync(stage, "--backlog", "offer", "--newest", "7");
        await stage.RunUntilQuietAsync();

        Assert.Equal(5, Waiting(stage, old).Count);
    }

    [Fact]
    public async Task Without_a_backlog_no_old_lead_is_offered()
    {
        var old = Enumerable.Range(1, 3).Select(day => Downloaded($"day-{day}", day)).ToArray();
        await using var stage = await Stage.StartAsync(Shadow, old);
        await stage.BaselineAsync();

        await GoLiveAsync(stage);
        await stage.PassAsync(TimeSpan.FromDays(2));

        Assert.Empty(Waiting(stage, old));
    }

    [Fact]
    public async Task A_backlog_cannot_be_added_later()
    {
        await using var stage = await Stage.StartAsync(Shadow, Downloaded("day-1", 1));
        await stage.BaselineAsync();
        await GoLiveAsync(stage);

        var answer = await GoLiveAsync(stage, "--backlog", "offer", "--newest", "5");
        await stage.RunUntilQuietAsync();

        Assert.Contains("none was added", answer.Out, StringComparison.Ordinal);
        Assert.Null(stage.Field("day-1", "crmsync_handover"));
    }

    [Theory]
    [InlineData("--backlog", "offer")]
    [InlineData("--newest", "5")]
    [InlineData("--backlog", "offer", "--newest", "0")]
    [InlineData("--backlog", "offer", "--newest", "5", "--max-age", "soon")]
    [InlineData("--backlog", "all")]
    public async Task Options_that_do_not_go_together_are_refused(params string[] options)
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false });
        Assert.Equal(64, (await stage.CommandAsync(["go-live", Stage.Name, .. options])).Exit);
    }

    [Fact]
    public Task A_backlog_of_300_old_contacts_stays_within_the_brakes() => FirstStartAsync(300);

    [Fact]
    public Task A_backlog_of_20_000_old_contacts_stays_within_the_brakes()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CRMSYNC_LONG") == "1", "set CRMSYNC_LONG=1 to run it");
        return FirstStartAsync(20_000);
    }

    private static async Task FirstStartAsync(int count)
    {
        await using var stage = await Stage.StartAsync(Shadow);
        stage.Sandbox.Control.Generate(new() { Crm = "hubspot", Count = count, Seed = 3 });
        stage.Add([.. Enumerable.Range(1, 60).Select(i => Downloaded($"sure-{i}", i % 20 + 1))]);
        var log = stage.LogHead;
        await stage.BaselineAsync();
        Assert.DoesNotContain(stage.Requests(log), r => r.Effects.Count > 0);

        await GoLiveAsync(stage, "--backlog", "offer", "--newest", "1000", "--max-age", "365d");
        await stage.RunUntilQuietAsync();

        const string offered = "SELECT count(*) FROM audit WHERE kind = 'Applied' AND handover_state = 'AwaitingDecision'";
        Assert.InRange(stage.File.Number(offered), 5, 25);
        Assert.InRange(await MostOfOneOwnerAsync(stage), 1, 5);
        // Where many leads are looked at together, their moves to MQL pull the brake on stage moves too.
        await stage.CommandAsync("approve", Stage.Name);
        await stage.PassAsync(TimeSpan.FromDays(1));
        Assert.InRange(stage.File.Number(offered), 6, 50);
        Assert.InRange(await MostOfOneOwnerAsync(stage), 2, 10);
        await stage.InvariantsHoldAsync();
    }

    private static async Task<int> MostOfOneOwnerAsync(Stage stage) =>
        (await ((IOfferBook)stage.Store).LeadsAsync(Stage.Name, LeadFilter.Offered, CancellationToken.None)).CountBy(lead => lead.Memory.OwnerId ?? "").Max(owner => owner.Value);

    private static async Task<CommandResult> GoLiveAsync(Stage stage, params string[] options) => await stage.CommandAsync(["go-live", Stage.Name, .. options]);

    private static IReadOnlyList<string> Waiting(Stage stage, IEnumerable<LeadSpec> leads) =>
        [.. leads.Select(lead => lead.Key).Where(key => stage.Field(key, "crmsync_handover") == "waiting")];

    private static DateTimeOffset Before(int days) => new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero).AddDays(-days);

    private static LeadSpec Downloaded(string key, int daysAgo) =>
        Some.Lead(key) with { Engagement = [new EngagementSpec { Kind = "contentDownload", At = Before(daysAgo) }] };
}
