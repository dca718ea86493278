using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The main job: from a raised hand to a written answer, in the CRM and in the audit.</summary>
public sealed class HandoverTests
{
    [Fact]
    public async Task A_raised_hand_makes_an_MQL_and_an_offer_with_its_reasons()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));

        await stage.OfferAsync("anna");

        var crm = stage.Crm("anna");
        Assert.Equal("marketingqualifiedlead", crm.Stage);
        Assert.NotEmpty(crm.Fields["crmsync_why"]);
        Assert.True(crm.Fields.ContainsKey("crmsync_due"));
        Assert.StartsWith($"v1.{stage.Store.StoreId}.", crm.Fields["crmsync_marker"], StringComparison.Ordinal);
        Assert.Equal(["Observed >Lead  unknown", "Decided Lead>MarketingQualified AwaitingDecision crmsync", "Applied Lead>MarketingQualified AwaitingDecision crmsync"],
            stage.Audit("anna").Select(a => a.ToString()));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Explain_prints_the_text_that_stands_in_the_record()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var lead = $"{Stage.Name}/{stage.IdOf("anna")}";

        var (document, screen) = (await stage.CommandAsync("explain", lead, "--json"), await stage.CommandAsync("explain", lead));

        var text = stage.Crm("anna").Fields["crmsync_why"];
        Assert.Equal(text, document.Json.GetProperty("written").GetProperty("crmsync_why").GetString());
        Assert.Contains(string.Join("\n", text.Split('\n').Select(line => $"  {line}")), screen.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accepted_offer_becomes_a_SAL_by_the_person_who_accepted()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");

        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.Null(stage.Field("anna", "crmsync_due"));
        var applied = stage.Audit("anna")[^1];
        Assert.Equal(("Applied", "SalesAccepted", "Accepted"), (applied.Kind, applied.To, applied.State));
        Assert.StartsWith("person:", applied.Actor, StringComparison.Ordinal);
        Assert.Equal("SalesAccepted", stage.File.Rows("SELECT stage FROM lead_states").Single());
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_rejection_keeps_the_stage_and_records_the_reason()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");

        stage.Act("anna", "reject", reason: "wrong size");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("marketingqualifiedlead", "rejected"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        Assert.Contains(stage.Audit("anna"), a => a is { Kind: "Applied", State: "Rejected" } && a.Actor.StartsWith("person:", StringComparison.Ordinal));
        Assert.Equal(Leads.Handover.RejectionReason.WrongCompanySize, (await stage.RecordAsync("anna")).Episode!.Reason);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_rejection_for_other_reasons_waits_for_its_words()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");

        stage.Act("anna", "reject", reason: "other");
        await stage.RunUntilQuietAsync();
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));

        stage.Act("anna", "reject", reason: "other", text: "asked us to call in May");
        await stage.RunUntilQuietAsync();
        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_returned_lead_is_offered_again_when_its_data_is_there()
    {
        var lead = Some.Lead("anna");
        await using var stage = await Stage.StartAsync(null, lead with { Company = lead.Company! with { Employees = null } });
        await stage.OfferAsync("anna");

        stage.Act("anna", "return");
        await stage.RunUntilQuietAsync();
        Assert.Equal("returned", stage.Field("anna", "crmsync_handover"));

        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { ["company.numberofemployees"] = "140" });
        await stage.RunUntilQuietAsync();

        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Null(stage.Field("anna", "crmsync_decision"));
        Assert.Equal(1, stage.Audit("anna")[^1].Episode);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_offer_that_nobody_answers_expires()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");

        await stage.PassAsync(TimeSpan.FromDays(3));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        await stage.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal("expired", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(("Applied", "Expired", "crmsync"), (stage.Audit("anna")[^1].Kind, stage.Audit("anna")[^1].State, stage.Audit("anna")[^1].Actor));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_rejected_lead_stays_at_rest_until_it_raises_its_hand_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();

        stage.Act("anna", "submit-form", null, fields: new Dictionary<string, string?> { ["kind"] = "webinarAttended" });
        await stage.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));

        await stage.OfferAsync("anna");
        Assert.Equal(2, stage.Audit("anna")[^1].Episode);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_answer_that_an_automation_gave_is_no_acceptance()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");

        stage.Act("anna", "accept", "automation");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("marketingqualifiedlead", "waiting"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
    }

    [Fact]
    public async Task A_second_look_at_a_settled_lead_writes_nothing()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var (head, log) = ((await stage.Store.HeadAsync(default)).Sequence, stage.LogHead);

        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { ["city"] = "Aarhus" });
        await stage.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(head, (await stage.Store.HeadAsync(default)).Sequence);
        Assert.DoesNotContain(stage.Requests(log), r => r.Effects.Count > 0);
    }
}
