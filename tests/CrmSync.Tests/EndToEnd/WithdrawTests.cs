using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Taking back offers after a mistake: those that nobody has touched, and no others.</summary>
public sealed class WithdrawTests
{
    private static readonly string[] All = ["early", "anna", "bo", "answered", "moved"];

    [Fact]
    public async Task Takes_back_what_nobody_has_touched_since_an_instant()
    {
        await using var stage = await Stage.StartAsync(null, [.. All.Select(k => Some.Lead(k))]);
        await stage.OfferAsync("early");
        await stage.PassAsync(TimeSpan.FromHours(1));
        var since = stage.Now.ToString("O");
        await stage.OfferAsync("anna", "bo", "answered", "moved");
        stage.Act("moved", "set-stage", "rep-1", stage: "Lead");
        await stage.RunUntilQuietAsync();
        stage.Act("answered", "reject", reason: "other");

        var planned = (await stage.CommandAsync("withdraw", Stage.Name, "--since", since, "--plan", "--json")).Json;
        Assert.Equal(2, planned.GetProperty("offers").EnumerateArray().Count(o => o.GetProperty("leadId").GetString() is { } id && (id == stage.IdOf("anna") || id == stage.IdOf("bo"))));
        Assert.All(All, key => Assert.Equal("waiting", stage.Field(key, "crmsync_handover")));
        await stage.CommandAsync("withdraw", Stage.Name, "--since", since);
        await stage.RunUntilQuietAsync();

        Assert.All(["anna", "bo"], key =>
        {
            string[] fields = ["crmsync_handover", "crmsync_due", "crmsync_why", "crmsync_fit", "crmsync_interest"];
            Assert.All(fields, field => Assert.True(string.IsNullOrEmpty(stage.Field(key, field)), field));
            Assert.Equal("Withdrawn", stage.Audit(key).Last(a => a.Kind == "Applied").State);
            Assert.Equal("COMPLETED", Task(stage, key));
        });
        Assert.All(["early", "moved"], key => Assert.Equal("NOT_STARTED", Task(stage, key)));
        Assert.Equal("waiting", stage.Field("early", "crmsync_handover"));
        Assert.All(["answered", "moved"], key => Assert.DoesNotContain(stage.Audit(key), a => a.State == "Withdrawn"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_second_time_there_is_nothing_to_take_back()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var since = stage.Now.ToString("O");
        await stage.OfferAsync("anna");
        Assert.Contains("1 offers are taken back", (await stage.CommandAsync("withdraw", Stage.Name, "--since", since)).Out, StringComparison.Ordinal);
        await stage.RunUntilQuietAsync();
        var rows = stage.File.Audit().Count;

        Assert.Contains("0 offers are taken back", (await stage.CommandAsync("withdraw", Stage.Name, "--since", since)).Out, StringComparison.Ordinal);
        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(rows, stage.File.Audit().Count);
    }

    [Fact]
    public async Task An_offer_on_its_way_to_the_crm_is_meant_too()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var since = stage.Now.ToString("O");
        stage.Fault("status", status: 503, take: 50);
        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        await stage.CommandAsync("withdraw", Stage.Name, "--since", since);
        stage.Sandbox.Control.ClearFaults(null);
        await stage.RunForAsync(TimeSpan.FromMinutes(30));

        Assert.Equal("Withdrawn", stage.Audit("anna").Last(a => a.Kind == "Applied").State);
        Assert.True(string.IsNullOrEmpty(stage.Field("anna", "crmsync_handover")));
    }

    [Fact]
    public async Task An_answer_wins_and_the_offer_after_it_stays()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var since = stage.Now.ToString("O");
        await stage.OfferAsync("anna");
        stage.Act("anna", "return");
        await stage.CommandAsync("withdraw", Stage.Name, "--since", since);
        await stage.RunUntilQuietAsync();
        Assert.Equal("returned", stage.Field("anna", "crmsync_handover"));

        await stage.PassAsync(TimeSpan.FromHours(3));
        stage.Act("anna", "edit", fields: new Dictionary<string, string?> { ["jobtitle"] = "Director of Production" });
        await stage.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_hand_raise_after_it_is_offered_although_the_old_deadline_lies_ahead()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var since = stage.Now.ToString("O");
        await stage.OfferAsync("anna");
        await stage.CommandAsync("withdraw", Stage.Name, "--since", since);
        await stage.RunUntilQuietAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(30));

        stage.RaiseHand("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_later_offer_is_not_covered_by_an_earlier_withdrawal()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        var since = stage.Now.ToString("O");
        await stage.OfferAsync("anna");
        await stage.CommandAsync("withdraw", Stage.Name, "--since", since);
        await stage.RunUntilQuietAsync();

        await stage.OfferAsync("bo");
        await stage.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal("waiting", stage.Field("bo", "crmsync_handover"));
    }

    [Fact]
    public async Task An_instant_that_is_none_is_refused()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false });
        Assert.Equal(64, (await stage.CommandAsync("withdraw", Stage.Name, "--since", "yesterday")).Exit);
        Assert.Equal(64, (await stage.CommandAsync("withdraw", "nobody", "--since", "2026-01-05")).Exit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_instant_that_lies_ahead_is_refused_and_nothing_is_ordered(bool planOnly)
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false });
        var ahead = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O");

        var refused = await stage.CommandAsync(["withdraw", Stage.Name, "--since", ahead, .. planOnly ? ["--plan"] : Array.Empty<string>()]);

        Assert.Equal(64, refused.Exit);
        Assert.Contains("lies ahead", refused.Error, StringComparison.Ordinal);
        Assert.Null(await stage.Store.RememberedAsync(Stage.Name, "withdrawals", default));
    }

    private static string Task(Stage stage, string key) => Assert.Single(stage.Crm(key).Tasks).Fields["hs_task_status"];
}
