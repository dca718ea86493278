using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox;

public sealed class ActTests
{
    private static readonly string[] Answers = ["accept", "return", "take", "reject_bad_timing", "reject_other"];

    [Theory]
    [InlineData("BadTiming")]
    [InlineData("bad timing")]
    [InlineData("reject_bad_timing")]
    public async Task A_rejection_finds_its_option_in_any_spelling(string reason)
    {
        await using var bench = await SandboxBench.StartAsync();
        await SetUpAsync(bench);
        var id = bench.Lead("a");

        var reply = bench.Act("a", "reject", act => act with { Reason = reason, Text = "new machine in 2027" });

        Assert.Equal("reject_bad_timing", await bench.ReadAsync(id, "crmsync_decision"));
        Assert.Equal("new machine in 2027", await bench.ReadAsync(id, "crmsync_decision_text"));
        Assert.All(reply.Effects, effect => Assert.Equal("person:rep1", effect.Actor));
    }

    [Fact]
    public async Task An_answer_needs_the_field_that_setup_makes()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a");

        var error = Assert.Throws<SandboxRequestException>(() => bench.Act("a", "accept"));

        Assert.Contains("setup", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "accept")]
    [InlineData("a", "dance")]
    public async Task What_nobody_knows_is_refused(string key, string act)
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a");

        Assert.Throws<SandboxRequestException>(() => bench.Act(key, act));
    }

    [Fact]
    public async Task A_deal_is_opened_once_and_is_the_one_that_is_won()
    {
        await using var bench = await SandboxBench.StartAsync();
        var a = bench.Lead("a");

        bench.Act("a", "convert");

        Assert.Equal("opportunity", await bench.ReadAsync(a, "lifecyclestage"));
        Assert.Throws<SandboxRequestException>(() => bench.Act("a", "convert"));
        bench.Act("a", "win");
        var deals = (await bench.GetAsync("/crm/v3/objects/deals?properties=hs_is_closed_won")).Body["results"]!.AsArray();
        Assert.Equal(["true"], deals.Select(deal => deal!["properties"]!["hs_is_closed_won"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_person_may_go_back_by_clearing_first()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a", lead => lead with { Stage = "SalesQualified" });

        var effects = bench.Act("a", "set-stage", act => act with { Stage = "Lead" }).Effects;

        Assert.Equal([("salesqualifiedlead", null), (null, "lead")], effects.Select(effect => (effect.Before, effect.After)));
    }

    [Fact]
    public async Task A_won_deal_makes_a_customer_and_a_lost_one_does_not()
    {
        await using var bench = await SandboxBench.StartAsync();
        var (a, b) = (bench.Lead("a"), bench.Lead("b"));

        bench.Act("a", "win");
        bench.Act("b", "lose");

        Assert.Equal("customer", await bench.ReadAsync(a, "lifecyclestage"));
        Assert.Equal("opportunity", await bench.ReadAsync(b, "lifecyclestage"));
        var deals = (await bench.GetAsync("/crm/v3/objects/deals?properties=hs_is_closed_won")).Body["results"]!.AsArray();
        Assert.Equal(["true", "false"], deals.Select(deal => deal!["properties"]!["hs_is_closed_won"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_erased_person_is_found_by_no_call()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        bench.Act("a", "delete");

        Assert.Equal(404, (await bench.GetAsync($"/crm/v3/objects/contacts/{id}?archived=true")).Status);
        var left = Assert.Single(bench.Host.Control.State("hubspot").Leads);
        Assert.True(left.Archived);
        Assert.DoesNotContain("email", left.Fields.Keys);
    }

    [Fact]
    public async Task Completing_the_task_closes_the_open_one()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");
        await bench.PostAsync("/crm/v3/objects/tasks", new
        {
            properties = new { hs_timestamp = "2026-01-06T09:00:00Z", hs_task_status = "NOT_STARTED" },
            associations = new[] { new { to = new { id }, types = new[] { new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 204 } } } },
        });

        bench.Act("a", "complete-task");

        Assert.Equal("COMPLETED", Assert.Single(bench.Host.Control.State("hubspot").Leads[0].Tasks).Fields["hs_task_status"]);
    }

    private static async Task SetUpAsync(SandboxBench bench)
    {
        var options = Answers.Select(value => new { label = "Answer " + value, value, hidden = false });
        await bench.PostAsync("/crm/properties/2026-09/contacts",
            new { name = "crmsync_decision", label = "Answer on lead", groupName = "contactinformation", type = "enumeration", fieldType = "select", options });
        await bench.PostAsync("/crm/properties/2026-09/contacts",
            new { name = "crmsync_decision_text", label = "Comment on answer", groupName = "contactinformation", type = "string", fieldType = "textarea" });
    }
}
