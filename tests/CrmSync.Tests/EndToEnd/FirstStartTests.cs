using CrmSync.Tests.Support;
using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Shadow, baseline and going live: nothing that lies in the past opens a hand-over.</summary>
public sealed class FirstStartTests
{
    private static LeadSpec WithHandRaised(string key, DateTimeOffset at) =>
        Some.Lead(key) with { Engagement = [new EngagementSpec { Kind = "handRaise", At = at }] };

    private static readonly DateTimeOffset Yesterday = new(2026, 1, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_shadow_judges_and_writes_nothing()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, WithHandRaised("anna", Yesterday));
        var log = stage.LogHead;

        await stage.BaselineAsync();
        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();

        Assert.Equal("Offer", stage.File.Rows("SELECT verdict FROM judgements ORDER BY rowid DESC LIMIT 1").Single());
        Assert.DoesNotContain(stage.Requests(log), r => r.Effects.Count > 0 || Mutates(r));
        Assert.DoesNotContain(stage.File.Audit(), a => a.Kind == "Decided");
    }

    [Fact]
    public async Task A_connection_configured_as_live_starts_by_itself_when_its_baseline_is_complete()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Mode = ConnectionMode.Live }, WithHandRaised("old", Yesterday), Some.Lead("anna"));

        await stage.RunUntilQuietAsync();
        Assert.DoesNotContain(stage.File.Audit(), a => a.Kind == "Decided");
        await stage.OfferAsync("anna");

        Assert.Null(stage.Field("old", "crmsync_handover"));
    }

    [Fact]
    public async Task A_connection_configured_as_a_shadow_writes_nothing_even_after_go_live()
    {
        await using var stage = await Stage.StartAsync(new() { Mode = ConnectionMode.Shadow }, Some.Lead("anna"));
        var log = stage.LogHead;

        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();

        Assert.DoesNotContain(stage.Requests(log), r => r.Effects.Count > 0 || Mutates(r));
    }

    [Fact]
    public async Task Evidence_from_before_going_live_never_opens_an_episode()
    {
        await using var stage = await Stage.StartAsync(null, WithHandRaised("anna", Yesterday));

        await stage.PassAsync(TimeSpan.FromDays(1));
        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { ["company.numberofemployees"] = "150" });
        await stage.RunUntilQuietAsync();
        Assert.Null(stage.Field("anna", "crmsync_handover"));

        await stage.OfferAsync("anna");
    }

    [Fact]
    public async Task An_import_after_going_live_opens_no_episode()
    {
        await using var stage = await Stage.StartAsync();

        stage.Add(WithHandRaised("old", Yesterday), Some.Lead("plain"));
        await stage.PassAsync(TimeSpan.FromHours(2));

        Assert.Null(stage.Field("old", "crmsync_handover"));
        Assert.Null(stage.Field("plain", "crmsync_handover"));
        Assert.Equal(2, stage.File.Audit().Count(a => a.Kind == "Observed"));
    }

    [Theory]
    [InlineData("marketing", "person:")]
    [InlineData("automation", "automation")]
    public async Task A_person_or_a_workflow_that_sets_MQL_after_going_live_opens_an_episode_that_the_offer_gate_holds(string who, string actor)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));

        stage.Act("anna", "set-stage", who, stage: "MarketingQualified");
        await stage.RunUntilQuietAsync();

        Assert.Equal("held", stage.Field("anna", "crmsync_handover"));
        Assert.Contains(stage.Audit("anna"), a => a.Kind == "Observed" && a.To == "MarketingQualified" && a.Actor.StartsWith(actor, StringComparison.Ordinal));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_changed_rule_opens_no_episode_without_new_evidence()
    {
        await using var stage = await Stage.StartAsync(null, WithHandRaised("anna", Yesterday));

        var rules = await File.ReadAllTextAsync(stage.RulesFile);
        await File.WriteAllTextAsync(stage.RulesFile, rules.Replace("mql: { fit: 50, interest: 30,", "mql: { fit: 20, interest: 5,", StringComparison.Ordinal));
        await stage.PassAsync(TimeSpan.FromMinutes(1));
        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { ["jobtitle"] = "Director" });
        await stage.RunUntilQuietAsync();

        Assert.Equal(2, stage.File.Audit().Count(a => a.Kind == "RuleSetLoaded"));
        Assert.Null(stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task Twenty_thousand_old_contacts_are_read_and_left_alone()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });
        stage.Sandbox.Control.Generate(new() { Crm = "hubspot", Count = 20_000, Seed = 3 });
        stage.Add(WithHandRaised("anna", Yesterday));
        // Old enough for the poll to leave them to the sweep.
        stage.Clock.AdvanceTo(stage.Now.AddHours(2));
        var log = stage.LogHead;

        await stage.BaselineAsync();
        Assert.Equal(20_001, stage.File.Number("SELECT count(*) FROM leads"));
        await stage.GoLiveAsync();
        await stage.PassAsync(TimeSpan.FromHours(3));

        Assert.DoesNotContain(stage.Requests(log), r => r.Effects.Count > 0 || Mutates(r));
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM audit WHERE kind = 'Decided'"));

        await stage.OfferAsync("anna");
        Assert.Equal(1, stage.File.Number("SELECT count(*) FROM audit WHERE kind = 'Decided'"));
    }

    [Fact]
    public async Task A_sweep_goes_on_where_a_restart_stopped_it()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });
        stage.Sandbox.Control.Generate(new() { Crm = "hubspot", Count = 1_000, Seed = 3 });

        var death = stage.Wire.DieAfter("GET", "/contacts");
        await stage.DieAndRestartAsync(death);
        await stage.BaselineAsync();

        Assert.Equal(1_000, stage.File.Number("SELECT count(*) FROM leads"));
        Assert.Equal(1_000, stage.File.Number("SELECT count(*) FROM audit WHERE kind = 'Observed'"));
    }

    [Fact]
    public async Task Archived_and_merged_contacts_of_the_past_are_no_leads()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, Some.Lead("anna"), Some.Lead("old"), Some.Lead("twin"));
        stage.Act("old", "archive");
        stage.Act("twin", "merge", into: "anna");

        await stage.BaselineAsync();

        Assert.Equal([stage.IdOf("anna")], stage.File.Rows("SELECT lead_id FROM leads"));
        Assert.Contains(stage.IdOf("twin"), stage.File.Rows("SELECT lead_id FROM lead_aliases"));
    }

    internal static bool Mutates(LogEntry request) =>
        request.Method is "PATCH" or "PUT" or "DELETE" || (request.Method == "POST" && !request.Path!.EndsWith("/search", StringComparison.Ordinal) && !request.Path.EndsWith("/read", StringComparison.Ordinal));
}
