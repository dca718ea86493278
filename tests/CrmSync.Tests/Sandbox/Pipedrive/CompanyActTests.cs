using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class CompanyActTests
{
    [Fact]
    public async Task A_rep_answers_in_the_products_field_on_a_lead_and_on_a_deal()
    {
        await using var bench = await CompanyBench.StartAsync();
        await bench.AnswerFieldAsync();
        bench.Lead("a");

        bench.Act("a", "reject", act => act with { Reason = "reject_bad_timing" });
        var asLead = bench.State("a").Fields["crmsync_decision"];
        bench.Act("a", "convert");
        bench.Act("a", "accept");

        Assert.Equal("Reject: bad timing", asLead);
        Assert.Equal(("deal", "Accept: I will follow up"), (bench.State("a").ObjectName, bench.State("a").Fields["crmsync_decision"]));
    }

    [Fact]
    public async Task A_rep_who_reads_Danish_answers_with_the_same_word()
    {
        await using var bench = await CompanyBench.StartAsync();
        await bench.PostAsync("/api/v2/dealFields", new { field_name = "Svar på lead", field_type = "enum", options = new[] { new { label = "Godkend: jeg følger op" }, new { label = "Afvis: forkert størrelse" } } });
        bench.Lead("a");

        bench.Act("a", "reject", act => act with { Reason = "wrong_size" });

        Assert.Equal("Afvis: forkert størrelse", bench.State("a").Fields["crmsync_decision"]);
    }

    [Fact]
    public async Task Winning_converts_first_and_losing_takes_a_reason()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");
        bench.Lead("b");

        bench.Act("a", "win", act => act with { Fields = new Dictionary<string, string?> { ["amount"] = "1200.5" } });
        bench.Act("b", "convert");
        bench.Act("b", "lose", act => act with { Text = "price" });

        var deals = (await bench.GetAsync("/api/v2/deals")).Items;
        Assert.Equal([("won", 1200.5), ("lost", 25_000)], deals.Select(deal => (deal["status"]!.GetValue<string>(), deal["value"]!.GetValue<double>())));
        Assert.Equal("price", deals[1]["lost_reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_person_did_stands_in_activities_and_counters()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a", lead => lead with
        {
            Engagement =
            [
                new() { Kind = "webinarAttended", At = CompanyBench.Start.AddDays(-3) }, new() { Kind = "pageView", Count = 4, At = CompanyBench.Start.AddDays(-2) },
                new() { Kind = "handRaise", At = CompanyBench.Start.AddHours(1) }, new() { Kind = "meetingBooked" },
            ],
        });
        bench.Clock.Advance(TimeSpan.FromMinutes(90));

        var acts = (await bench.GetAsync($"/api/v2/activities?lead_id={id}&sort_by=add_time")).Items;
        var person = (await bench.GetAsync("/api/v2/persons/1")).Data["custom_fields"]!;

        Assert.Equal(["webinar", "meeting", "form"], acts.Select(act => act["type"]!.GetValue<string>()));
        Assert.Equal(["2026-01-02T07:00:00Z", "2026-01-05T07:00:00Z", "2026-01-05T08:00:00Z"], acts.Select(act => act["add_time"]!.GetValue<string>()));
        Assert.Equal(("Demo request: Book a demo", 1), (acts[2]["subject"]!.GetValue<string>(), acts[2]["person_id"]!.GetValue<int>()));
        Assert.Equal(4, person[await bench.CodeAsync("Page views", "person")]!.GetValue<int>());
        Assert.Equal("2026-01-03T07:00:00Z", person[await bench.CodeAsync("Last visit", "person")]!.GetValue<string>());
        Assert.Empty(bench.State("a").Tasks);
    }

    [Fact]
    public async Task Edits_reach_the_lead_the_person_and_the_company()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");

        bench.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["bant_need"] = "yes", ["jobtitle"] = "CEO", ["company.employee_count"] = "90" } });
        bench.Act("a", "assign", act => act with { Into = "rep3" });

        var fields = bench.State("a").Fields;
        Assert.Equal(("Yes", "CEO", "90"), (fields["BANT need"], fields["person.job_title"], fields["company.employee_count"]));
        Assert.Equal("Rep3 Holm", (await bench.GetAsync($"/api/v1/users/{fields["owner_id"]}")).Data["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Merging_two_leads_leaves_both_on_one_person()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a", lead => lead with { Phone = "12" });
        bench.Lead("b");

        bench.Act("a", "merge", act => act with { Into = "b" });

        Assert.Equal(("2", "2"), (bench.State("a").Fields["person_id"], bench.State("b").Fields["person_id"]));
        Assert.Equal([2], (await bench.GetAsync("/api/v2/persons")).Items.Select(person => person["id"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Completing_closes_the_last_open_task()
    {
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");
        await bench.PostAsync("/api/v2/activities", new { subject = "Answer", type = "task", lead_id = id, due_date = "2026-01-06", due_time = "10:15" });

        bench.Act("a", "complete-task");

        var task = Assert.Single(bench.State("a").Tasks).Fields;
        Assert.Equal(("true", "2026-01-05T07:00:00.000Z", "10:15:00"), (task["done"], task["marked_as_done_time"], task["due_time"]));
    }

    [Theory]
    [InlineData("nobody", "convert")]
    [InlineData("a", "dance")]
    [InlineData("a", "accept")]
    [InlineData("a", "complete-task")]
    public async Task What_cannot_be_done_is_refused_with_a_reason(string key, string act)
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Lead("a");

        Assert.NotEmpty(Assert.Throws<SandboxRequestException>(() => bench.Act(key, act)).Message);
    }

    [Fact]
    public async Task The_same_people_are_in_all_crms()
    {
        await using var bench = await CompanyBench.StartAsync();
        bench.Host.Control.AddLeads(new()
        {
            Crms = ["hubspot", "pipedrive"],
            Leads = [new() { Key = "a", Name = "Maja Holm", Email = "maja@nord.example", JobTitle = "CEO", Company = new() { Key = "n", Name = "Nord", Employees = 40 }, Stage = "MarketingQualified" }],
        });
        bench.Host.Control.Generate(new() { Crm = "hubspot", Count = 20, Seed = 7 });
        bench.Host.Control.Generate(new() { Crm = "pipedrive", Count = 20, Seed = 7 });

        var (hubSpot, pipedrive) = (bench.Host.Control.State("hubspot").Leads, bench.Host.Control.State("pipedrive").Leads);

        Assert.Equal(hubSpot.Select(lead => lead.Fields["email"]), pipedrive.Select(lead => lead.Fields["person.emails"]));
        Assert.Equal(hubSpot.Select(lead => lead.Fields["jobtitle"]), pipedrive.Select(lead => lead.Fields["person.job_title"]));
    }
}
