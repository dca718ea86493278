using CrmSync.Leads.Fields;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>
/// What somebody does in a lead between our read and our write, in a CRM that neither refuses the write nor keeps a history: the event
/// of the write tells what it took the place of.
/// </summary>
public sealed class LostEditTests
{
    private const string Crm = "pipedrive";
    private const string Write = "/api/v1/leads/";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stage_that_our_write_took_the_place_of_is_told_and_stands_again(bool isLoose)
    {
        await using var stage = await StartAsync(new() { LoosePrevious = isLoose });
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "set-stage", "rep1", stage: "SalesQualified"));

        await stage.RunUntilQuietAsync();

        Assert.Equal("SQL", stage.Crm("anna").Stage);
        Assert.Contains(stage.Audit("anna"), a => a is { Kind: "Observed", From: "MarketingQualified", To: "SalesQualified" } && a.Actor.StartsWith("person:", StringComparison.Ordinal));
        Assert.Contains(stage.Audit("anna"), a => a is { Kind: "Applied", From: "MarketingQualified", To: "SalesQualified", State: null });
        Assert.NotEqual("Waiting", stage.Field("anna", HandoverFields.Handover));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_stage_of_the_accounts_own_stands_again_too()
    {
        await using var stage = await StartAsync();
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "set-stage", "rep1", stage: "Disqualified"));

        await stage.RunUntilQuietAsync();

        Assert.Equal("Disqualified", stage.Crm("anna").Stage);
        Assert.Null((await stage.RecordAsync("anna")).Stage);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("accept", null, "Accepted")]
    [InlineData("reject", "no need", "Rejected")]
    public async Task An_answer_that_an_offer_wiped_answers_it(string act, string? reason, string state)
    {
        await using var stage = await StartAsync();
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", act, "rep1", reason));

        await stage.RunUntilQuietAsync();

        Assert.Equal(state, stage.Field("anna", HandoverFields.Handover));
        Assert.NotNull(stage.Field("anna", HandoverFields.Decision));
        Assert.Contains(stage.Audit("anna"), a => a is { Kind: "Decided" } && a.State == state && a.Actor.StartsWith("person:", StringComparison.Ordinal));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task The_comment_that_went_with_a_wiped_answer_is_kept()
    {
        await using var stage = await StartAsync();
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "reject", "rep1", "other", "moves to Norway"));

        await stage.RunUntilQuietAsync();

        Assert.Equal(("Rejected", "moves to Norway"), (stage.Field("anna", HandoverFields.Handover), stage.Field("anna", HandoverFields.DecisionText)));
    }

    [Fact]
    public async Task An_answer_given_while_another_one_is_put_back_counts()
    {
        await using var stage = await StartAsync();
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () =>
        {
            stage.Act("anna", "reject", "rep1", "no need");
            stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "accept", "rep1"));
        });

        await stage.RunUntilQuietAsync();

        Assert.Equal("Accepted", stage.Field("anna", HandoverFields.Handover));
        Assert.Equal(["Rejected", "Accepted"], stage.Audit("anna").Where(a => a.Kind == "Decided" && a.State is "Rejected" or "Accepted").Select(a => a.State));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_wish_of_marketings_that_our_write_emptied_stands_again()
    {
        await using var stage = await StartAsync();
        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { [HandoverFields.Request] = "send" });
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { [HandoverFields.Request] = "hold" }));

        await stage.RunUntilQuietAsync();

        Assert.Equal("Hold", stage.Field("anna", HandoverFields.Request));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_answer_beside_a_step_that_leaves_it_alone_goes_before_it()
    {
        await using var stage = await StartAsync();
        await OfferAsync(stage);
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "accept", "rep1"));

        await stage.RunForAsync(TimeSpan.FromDays(30), TimeSpan.FromHours(2));

        Assert.Equal("Accepted", stage.Field("anna", HandoverFields.Handover));
        Assert.Contains(stage.Audit("anna"), a => a.Kind == "Conflict");
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Nothing_is_put_back_over_what_somebody_set_since()
    {
        await using var stage = await StartAsync(new() { WebhookDelaySeconds = 0.001 });
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "set-stage", "rep1", stage: "SalesQualified"));
        stage.Wire.After("PATCH", Write, () => stage.Act("anna", "set-stage", "rep2", stage: "Opportunity"));

        await stage.RunUntilQuietAsync();

        Assert.Equal("Opportunity", stage.Crm("anna").Stage);
        Assert.Equal(["SalesQualified", "Opportunity"], stage.Audit("anna").Where(a => a.Kind == "Observed").Select(a => a.To).TakeLast(2));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_event_that_is_told_twice_gives_back_once()
    {
        await using var stage = await StartAsync(new() { DuplicateWebhooks = 1 });
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "set-stage", "rep1", stage: "SalesQualified"));

        await stage.RunUntilQuietAsync();

        Assert.Single(stage.Audit("anna"), a => a is { Kind: "Observed", To: "SalesQualified" });
        Assert.Equal("SQL", stage.Crm("anna").Stage);
    }

    [Fact]
    public async Task What_came_while_no_worker_knew_the_fields_is_sent_again_and_understood()
    {
        await using var stage = await StartAsync();
        stage.RaiseHand("anna");
        stage.Wire.Before("PATCH", Write, () => stage.Act("anna", "set-stage", "rep1", stage: "SalesQualified"));
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(2)); // the event of the act has come
        await stage.DieAndRestartAsync(stage.Wire.DieAfter("PATCH", Write));

        await stage.RunUntilQuietAsync();

        Assert.Equal("SQL", stage.Crm("anna").Stage);
        await stage.InvariantsHoldAsync();
    }

    private static async Task OfferAsync(Stage stage)
    {
        stage.RaiseHand("anna");
        await stage.RunUntilQuietAsync();
        Assert.Equal("Waiting", stage.Field("anna", HandoverFields.Handover));
    }

    private static Task<Stage> StartAsync(PipedriveSwitches? switches = null) => Stage.StartAsync(
        new() { Crm = Crm, Webhooks = true, Offers = OfferLimits.None, Pipedrive = (switches ?? new()) with { TopUpTokens = 1_000_000 } },
        Some.Lead("anna") with { Owner = "rep1", Company = Some.Lead("anna").Company! with { Industry = "machinery" } });
}
