using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox.Salesforce;

public sealed class OrgActTests
{
    [Fact]
    public async Task A_converted_lead_is_frozen_and_lives_on_as_a_contact_with_an_opportunity()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Stage = "SalesAccepted", Company = new() { Key = "k", Name = "Firm" }, Engagement = [new() { Kind = "handRaise" }] });

        bench.Act("a", "convert");
        bench.Act("a", "set-stage", act => act with { Stage = "SalesQualified" });

        var lead = (await bench.QueryAsync("SELECT Status, IsConverted, ConvertedDate, ConvertedAccount.Name, ConvertedContact.Lifecycle_Stage__c, ConvertedOpportunity.IsWon FROM Lead")).Body["records"]![0]!;
        Assert.Equal("CANNOT_UPDATE_CONVERTED_LEAD", (await bench.PatchAsync($"sobjects/Lead/{id}", new { Title = "x" })).Error);
        Assert.Equal("Closed - Converted", lead["Status"]!.GetValue<string>());
        Assert.Equal("2026-01-05", lead["ConvertedDate"]!.GetValue<string>());
        Assert.Equal("Firm", lead["ConvertedAccount"]!["Name"]!.GetValue<string>());
        Assert.Equal("SQL", lead["ConvertedContact"]!["Lifecycle_Stage__c"]!.GetValue<string>());
        Assert.False(lead["ConvertedOpportunity"]!["IsWon"]!.GetValue<bool>());
        Assert.Equal("SQL", bench.State("a").Stage);
    }

    [Fact]
    public async Task Winning_converts_first_and_closes_the_opportunity()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Lead("a");
        bench.Lead("b");

        bench.Act("a", "win", act => act with { Fields = new Dictionary<string, string?> { ["amount"] = "1200.5" } });
        bench.Act("b", "convert");
        bench.Act("b", "lose");

        var rows = (await bench.QueryAsync("SELECT StageName, IsWon, IsClosed, Amount, Probability FROM Opportunity ORDER BY Id")).Body["records"]!.AsArray();
        Assert.Equal([("Closed Won", true, true), ("Closed Lost", false, true)], rows
            .Select(row => (row!["StageName"]!.GetValue<string>(), row["IsWon"]!.GetValue<bool>(), row["IsClosed"]!.GetValue<bool>())));
        Assert.Contains("\"Amount\":1200.5,\"Probability\":100.0", (await bench.QueryAsync("SELECT Amount, Probability FROM Opportunity WHERE IsWon = true")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Soap_converts_and_names_what_it_made()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a");
        string Call(string status) =>
            $"<convertLead xmlns=\"urn:partner.soap.sforce.com\"><leadConverts><leadId>{id}</leadId><convertedStatus>{status}</convertedStatus><doNotCreateOpportunity>true</doNotCreateOpportunity></leadConverts></convertLead>";

        var bad = await bench.SoapAsync("/services/Soap/u/64.0", Call("Working - Contacted"));
        var good = await bench.SoapAsync("/services/Soap/u/64.0", Call("Closed - Converted"));

        Assert.Contains("INVALID_STATUS", bad.Text, StringComparison.Ordinal);
        Assert.Contains("<success>true</success>", good.Text, StringComparison.Ordinal);
        Assert.Contains("<opportunityId xsi:nil=\"true\"", good.Text, StringComparison.Ordinal);
        bench.Clock.Advance(TimeSpan.FromHours(3));
        var late = await bench.SoapAsync("/services/Soap/u/64.0", Call("Closed - Converted"));
        Assert.Equal(500, late.Status);
        Assert.Contains("sf:INVALID_SESSION_ID", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merged_lead_points_at_the_winner_and_leaves_it_what_hung_on_it()
    {
        await using var bench = await OrgBench.StartAsync();
        var (a, b) = (bench.Lead("a", lead => lead with { Phone = "12", Engagement = [new() { Kind = "handRaise" }] }), bench.Lead("b"));

        bench.Act("a", "merge", act => act with { Into = "b" });

        Assert.Equal([b], await bench.ColumnAsync("SELECT Id FROM Lead"));
        Assert.Equal([b], await bench.ColumnAsync($"SELECT MasterRecordId FROM Lead WHERE Id = '{a}'", "queryAll"));
        Assert.Equal([b], await bench.ColumnAsync("SELECT LeadId FROM CampaignMember"));
        Assert.Equal(["12"], await bench.ColumnAsync("SELECT Phone FROM Lead"));
        Assert.Equal((b, true), (bench.State("a").MergedInto, bench.State("a").Archived));
        Assert.Equal(b, bench.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["title"] = "CEO" } }).Id);
    }

    [Fact]
    public async Task The_recycle_bin_keeps_until_it_is_emptied()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a");

        bench.Act("a", "delete");
        Assert.Empty(await bench.ColumnAsync("SELECT Id FROM Lead"));
        Assert.Equal([id], await bench.ColumnAsync("SELECT Id FROM Lead WHERE IsDeleted = true", "queryAll"));
        bench.Act("a", "undelete");
        Assert.Equal([id], await bench.ColumnAsync("SELECT Id FROM Lead"));
        bench.Act("a", "purge");
        Assert.Empty(await bench.ColumnAsync("SELECT Id FROM Lead", "queryAll"));
    }

    [Fact]
    public async Task History_tells_who_changed_a_tracked_field_and_from_what()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Lead("a", lead => lead with { Stage = "Lead" });

        bench.Act("a", "set-stage", act => act with { Stage = "MarketingQualified", Person = "marketing" });
        bench.Act("a", "set-stage", act => act with { Stage = "SalesAccepted", Person = "automation" });

        var rows = (await bench.QueryAsync("SELECT Field, OldValue, NewValue, CreatedBy.Name, CreatedBy.UserType FROM LeadHistory ORDER BY Id")).Body["records"]!.AsArray();
        Assert.Equal(
            [("Lifecycle_Stage__c", "Lead", "MQL", "Marketing Holm", "Standard"), ("Lifecycle_Stage__c", "MQL", "SAL", "Automated Holm", "AutomatedProcess")],
            rows.Select(row => (row!["Field"]!.ToString(), row["OldValue"]!.ToString(), row["NewValue"]!.ToString(), row["CreatedBy"]!["Name"]!.ToString(),
                row["CreatedBy"]!["UserType"]!.ToString())));
    }

    [Fact]
    public async Task Work_that_commits_late_shows_late_under_its_old_stamp()
    {
        await using var bench = await OrgBench.StartAsync(new() { CommitDelaySeconds = 20 });
        var id = bench.Lead("a");
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        bench.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["Title"] = "CEO" } });
        bench.Clock.Advance(TimeSpan.FromSeconds(19));

        var before = await bench.ColumnAsync("SELECT Title FROM Lead");
        var locked = await bench.PatchAsync($"sobjects/Lead/{id}", new { Phone = "1" });
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await bench.ColumnAsync("SELECT Title FROM Lead WHERE SystemModstamp = 2026-01-05T07:00:05Z");

        Assert.Equal([null], before);
        Assert.Equal("UNABLE_TO_LOCK_ROW", locked.Error);
        Assert.Equal(["CEO"], after);
    }

    [Fact]
    public async Task What_a_person_did_stands_in_campaigns_and_counters()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Lead("a", lead => lead with
        {
            Engagement =
            [
                new() { Kind = "webinarAttended", At = OrgBench.Start.AddDays(-3) }, new() { Kind = "pageView", Count = 4, At = OrgBench.Start.AddDays(-2) },
                new() { Kind = "contentDownload", At = OrgBench.Start.AddDays(-1) }, new() { Kind = "contentDownload", At = OrgBench.Start.AddHours(1) },
            ],
        });
        bench.Clock.Advance(TimeSpan.FromMinutes(90));

        var members = (await bench.QueryAsync("SELECT Campaign.Name, Status, HasResponded, FirstRespondedDate, CreatedDate, Last_Response__c FROM CampaignMember ORDER BY CreatedDate")).Body["records"]!.AsArray();
        var lead = (await bench.QueryAsync("SELECT Page_Views__c, Last_Visit__c FROM Lead")).Text;

        Assert.Equal(["Attended", "Responded"], members.Select(member => member!["Status"]!.GetValue<string>()));
        Assert.Equal(("2026-01-02", "2026-01-02T07:00:00.000+0000"), (members[0]!["FirstRespondedDate"]!.GetValue<string>(), members[0]!["CreatedDate"]!.GetValue<string>()));
        Assert.Equal("2026-01-05T08:00:00.000+0000", members[1]!["Last_Response__c"]!.GetValue<string>());
        Assert.Contains("\"Page_Views__c\":4.0,\"Last_Visit__c\":\"2026-01-03T07:00:00.000+0000\"", lead, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "accept")]
    [InlineData("a", "dance")]
    [InlineData("a", "accept")]
    [InlineData("a", "complete-task")]
    public async Task What_nobody_can_do_is_refused(string key, string act)
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Lead("a");

        Assert.Throws<SandboxRequestException>(() => bench.Act(key, act));
    }

    [Fact]
    public async Task The_same_scenario_gives_the_same_people_in_both_crms()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Host.Control.AddLeads(new()
        {
            Crms = ["hubspot", "salesforce"],
            Leads = [new() { Key = "a", Name = "Maja Holm", Email = "maja@nord.example", JobTitle = "CEO",
                Company = new() { Key = "n", Name = "Nord", Employees = 40, Country = "Denmark" }, Stage = "MarketingQualified" }],
        });
        bench.Host.Control.Generate(new() { Crm = "hubspot", Count = 20, Seed = 7 });
        bench.Host.Control.Generate(new() { Crm = "salesforce", Count = 20, Seed = 7 });

        var (hubSpot, salesforce) = (bench.Host.Control.State("hubspot").Leads, bench.Host.Control.State("salesforce").Leads);

        Assert.Equal(hubSpot.Select(lead => lead.Fields["email"]), salesforce.Select(lead => lead.Fields["Email"]));
        Assert.Equal(hubSpot.Select(lead => lead.Fields["jobtitle"]), salesforce.Select(lead => lead.Fields["Title"]));
        Assert.Equal(hubSpot.Select(lead => lead.Fields["lastname"]), salesforce.Select(lead => lead.Fields["LastName"]));
    }
}
