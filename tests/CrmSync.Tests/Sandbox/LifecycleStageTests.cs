using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Tests.Sandbox;

public sealed class LifecycleStageTests
{
    private const string Stage = "lifecyclestage";

    [Fact]
    public async Task A_backward_write_answers_200_and_changes_nothing()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Stage = "SalesQualified" });

        var reply = await bench.WriteAsync(id, Stage, "lead");

        Assert.Equal(200, reply.Status);
        Assert.Equal("salesqualifiedlead", reply.Body["properties"]![Stage]!.GetValue<string>());
    }

    [Fact]
    public async Task A_backward_write_is_refused_when_the_switch_says_so()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { BackwardWrite = "400" });
        var id = bench.Lead("a", lead => lead with { Stage = "SalesQualified" });

        Assert.Equal(400, (await bench.WriteAsync(id, Stage, "lead")).Status);
    }

    [Fact]
    public async Task A_cleared_stage_may_become_any()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Stage = "SalesQualified" });

        await bench.WriteAsync(id, Stage, "");
        Assert.Null(await bench.ReadAsync(id, Stage));
        await bench.WriteAsync(id, Stage, "lead");

        Assert.Equal("lead", await bench.ReadAsync(id, Stage));
    }

    [Fact]
    public async Task The_accepted_stage_has_a_number_and_stands_between_mql_and_sql()
    {
        await using var bench = await SandboxBench.StartAsync();

        var options = (await bench.GetAsync("/crm/properties/2026-09/0-1/lifecyclestage")).Body["options"]!.AsArray();

        var accepted = options.Single(option => option!["label"]!.GetValue<string>() == "Sales Accepted Lead")!;
        Assert.Matches("^[0-9]+$", accepted["value"]!.GetValue<string>());
        Assert.Equal(3, accepted["displayOrder"]!.GetValue<int>());
        Assert.Equal("marketingqualifiedlead", options[2]!["value"]!.GetValue<string>());
        Assert.Equal("salesqualifiedlead", options[4]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_accepted_stage_can_be_left_out()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Host.Control.SetSwitch("hubspot", "salStage", false);

        Assert.Equal(8, (await bench.GetAsync("/crm/v3/properties/contacts/lifecyclestage")).Body["options"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_definition_cannot_be_patched_but_a_stage_can_be_made_through_the_pipeline()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { SalStage = false });

        var patch = await bench.PatchAsync("/crm/properties/2026-09/contacts/lifecyclestage", new { options = Array.Empty<object>() });
        var made = await bench.PostAsync("/crm/pipelines/2026-09/contacts/contacts-lifecycle-pipeline/stages",
            new { label = "Accepted", displayOrder = 3, metadata = new { isClosed = "false", state = "OPEN" } });

        Assert.Equal(400, patch.Status);
        Assert.Equal(201, made.Status);
        var id = bench.Lead("a", lead => lead with { Stage = "MarketingQualified" });
        await bench.WriteAsync(id, Stage, made["id"]!);
        Assert.Equal(made["id"], await bench.ReadAsync(id, Stage));
    }

    [Fact]
    public async Task Dates_of_a_stage_follow_its_history()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.WriteAsync(id, Stage, "marketingqualifiedlead");

        Assert.Equal("2026-01-05T08:00:00Z", await bench.ReadAsync(id, "hs_v2_date_entered_marketingqualifiedlead"));
        Assert.Equal("2026-01-05T08:00:00Z", await bench.ReadAsync(id, "hs_v2_date_exited_lead"));
        Assert.Equal("2026-01-05T07:00:00Z", await bench.ReadAsync(id, "hs_lifecyclestage_lead_date"));
    }

    [Fact]
    public async Task A_stage_can_require_another_property()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches
        {
            RequiredForStage = new Dictionary<string, IReadOnlyList<string>> { ["salesqualifiedlead"] = ["jobtitle"] },
        });
        var id = bench.Lead("a");

        Assert.Equal(400, (await bench.WriteAsync(id, Stage, "salesqualifiedlead")).Status);
        await bench.WriteAsync(id, "jobtitle", "CFO");
        Assert.Equal(200, (await bench.WriteAsync(id, Stage, "salesqualifiedlead")).Status);
    }
}
