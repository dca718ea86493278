namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class ConversionTests
{
    [Fact]
    public async Task A_conversion_is_a_job_and_takes_along_what_hangs_on_the_lead()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Stage = "SalesAccepted", Engagement = [new() { Kind = "handRaise" }] });
        await bench.PostAsync("/api/v2/activities", new { subject = "Answer", type = "task", lead_id = id, participants = new[] { new { person_id = 1, primary = true } } });
        await bench.PostAsync("/api/v1/notes", new { content = "<p>x</p>", lead_id = id });

        var job = (await bench.PostAsync($"/api/v2/leads/{id}/convert/deal", new { stage_id = 2 })).Data["conversion_id"]!.GetValue<string>();
        var path = $"/api/v2/leads/{id}/convert/status/{job}";
        var states = new List<string>();
        for (var step = 0; step < 3; step++)
        {
            states.Add((await bench.GetAsync(path)).Data["status"]!.GetValue<string>());
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var deal = (await bench.GetAsync(path)).Data["deal_id"]!.GetValue<long>();
        var state = bench.State("a");
        Assert.Equal(["not_started", "running", "completed"], states);
        Assert.Equal(404, (await bench.GetAsync($"/api/v1/leads/{id}")).Status);
        Assert.Equal(("deal", $"{deal}", "SAL", id), (state.ObjectName, state.Id, state.Stage, state.Fields["source_lead_id"]));
        Assert.Equal((1, 1, "2"), (state.Tasks.Count, state.Notes.Count, state.Fields["stage_id"]));
        Assert.Equal(2, (await bench.GetAsync($"/api/v2/activities?deal_id={deal}")).Items.Count);
    }

    [Fact]
    public async Task A_conversion_that_ends_badly_leaves_the_lead()
    {
        await using var bench = await CompanyBench.StartAsync(new() { ConversionEnds = "rejected" });
        var id = bench.Lead("a");

        var job = (await bench.PostAsync($"/api/v2/leads/{id}/convert/deal")).Data["conversion_id"]!.GetValue<string>();
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("rejected", (await bench.GetAsync($"/api/v2/leads/{id}/convert/status/{job}")).Data["status"]!.GetValue<string>());
        Assert.Equal("lead", bench.State("a").ObjectName);
    }

    [Fact]
    public async Task A_deal_may_show_in_lists_only_a_while_after_its_lead_has_gone()
    {
        await using var bench = await CompanyBench.StartAsync(new() { ConversionLagSeconds = 30 });
        bench.Lead("a");
        var deal = bench.Act("a", "convert").Id;

        var early = await bench.GetAsync("/api/v2/deals");
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = await bench.GetAsync("/api/v2/deals");

        Assert.Empty(early.Items);
        Assert.Equal(deal, Assert.Single(late.Items)["id"]!.ToString());
    }

    [Fact]
    public async Task Only_the_two_keys_are_taken_and_only_a_lead_that_exists()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");

        var stranger = await bench.PostAsync($"/api/v2/leads/{id}/convert/deal", new { title = "x" });
        var nothing = await bench.PostAsync($"/api/v2/leads/{Guid.Empty}/convert/deal");

        Assert.Equal((400, 404, "Entity was not found"), (stranger.Status, nothing.Status, nothing.Error));
    }

    [Fact]
    public async Task A_deal_may_become_a_lead_again()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a", lead => lead with { Stage = "SalesAccepted" });
        bench.Act("a", "convert");

        var job = (await bench.PostAsync("/api/v2/deals/1/convert/lead")).Data["conversion_id"]!.GetValue<string>();
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        var lead = (await bench.GetAsync($"/api/v2/deals/1/convert/status/{job}")).Data["lead_id"]!.GetValue<string>();
        Assert.Equal(1, (await bench.GetAsync($"/api/v1/leads/{lead}")).Data["source_deal_id"]!.GetValue<int>());
        Assert.Equal(lead, bench.Act("a", "set-stage", act => act with { Stage = "SQL" }).Id);
    }
}
