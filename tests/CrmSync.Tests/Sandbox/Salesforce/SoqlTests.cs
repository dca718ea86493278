using CsCheck;

namespace CrmSync.Tests.Sandbox.Salesforce;

public sealed class SoqlTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(Gen.Const("'"), Gen.Const("\\"), Gen.Const("%"), Gen.Const("_"), Gen.Const("\n"), Gen.Const("\r"),
        Gen.Const("\""), Gen.Const("\t"), Gen.Const("\\'"),
        Gen.Const(" OR Id != null"), Gen.Const("--"), Gen.Const("\u0001"), Gen.Const("ø"), Gen.Const("😀"), Gen.Const("\uE000"), Gen.Char.AlphaNumeric
            .Select(letter => letter.ToString())).Array[0, 12].Select(string.Concat);

    [Fact]
    public async Task A_query_answers_attributes_and_the_fields_in_the_order_asked()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { JobTitle = "CFO" });

        var reply = await bench.QueryAsync("SELECT Title, Id, Phone, Owner.Name FROM Lead");

        Assert.Equal($$"""{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Lead","url":"/services/data/v68.0/sobjects/Lead/{{id}}"},"Title":"CFO","Id":"{{id}}","Phone":null,"Owner":""",
            reply.Text[..reply.Text.IndexOf("{\"attributes\":{\"type\":\"User\"", StringComparison.Ordinal)]);
        Assert.Equal("application/json", (await bench.Client.GetAsync(OrgBench.Root + "limits", OrgBench.Stop)).Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("Email = 'B@firm.example'", "b")]
    [InlineData("Email != 'b@firm.example' AND Phone = null", "a c")]
    [InlineData("Email LIKE '%@FIRM.example' AND (Title = 'CFO' OR Title = 'CEO')", "a b")]
    [InlineData("NOT Title IN ('CFO', 'CEO')", "c")]
    [InlineData("Title NOT IN ('CFO')", "b c")]
    [InlineData("NumberOfEmployees > 100", "b")]
    [InlineData("NumberOfEmployees <= 100", "a")]
    [InlineData("CreatedDate = TODAY AND CreatedDate >= 2026-01-05T07:00:00Z", "a b c")]
    [InlineData("CreatedDate < 2026-01-05T08:00:00%2B02:00", "")]
    [InlineData("Id IN (SELECT LeadId FROM CampaignMember WHERE HasResponded = true AND Campaign.Name = 'Webinar X')", "c")]
    [InlineData("HasOptedOutOfEmail = true", "c")]
    public async Task A_condition_chooses_rows(string where, string expected)
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Lead("a", lead => lead with { JobTitle = "CFO", Company = new() { Key = "k", Employees = 100 } });
        bench.Lead("b", lead => lead with { JobTitle = "CEO", Company = new() { Key = "l", Employees = 101 } });
        bench.Lead("c", lead => lead with { Consent = false, Engagement = [new() { Kind = "webinarAttended", Title = "Webinar X" }] });

        var found = await bench.ColumnAsync($"SELECT Email FROM Lead WHERE {Uri.UnescapeDataString(where)} ORDER BY Email");

        Assert.Equal(expected, string.Join(' ', found.Select(email => email![..1])));
    }

    [Theory]
    [InlineData("SELECT Id FROM", "MALFORMED_QUERY", "unexpected token: '<EOF>'")]
    [InlineData("SELECT Id FROM Lead WHERE Title = 'a' AND Title = 'b' OR Title = 'c'", "MALFORMED_QUERY", "unexpected token: 'OR'")]
    [InlineData("SELECT Nope FROM Lead", "INVALID_FIELD", "No such column 'Nope' on entity 'Lead'")]
    [InlineData("SELECT Id FROM Nope", "INVALID_TYPE", "sObject type 'Nope' is not supported")]
    [InlineData("SELECT Id FROM Lead WHERE Description = 'x'", "INVALID_FIELD", "can not be filtered in a query call")]
    [InlineData("SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01T00:00:00Z'", "INVALID_FIELD", "must be of type dateTime and should not be enclosed in quotes")]
    [InlineData("SELECT Id FROM Lead WHERE Title = 5", "INVALID_FIELD", "must be of type string and should be enclosed in quotes")]
    [InlineData("SELECT Id FROM Lead WHERE Title = 'a\\x'", "MALFORMED_QUERY", "illegal character sequence")]
    [InlineData("SELECT Id FROM Lead WHERE Id = 'notanid'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field")]
    [InlineData("SELECT Id FROM Lead WHERE Title = 'open", "MALFORMED_QUERY", "unexpected token")]
    public async Task A_bad_query_is_refused_in_the_vendors_words(string soql, string code, string message)
    {
        await using var bench = await OrgBench.StartAsync();

        var reply = await bench.QueryAsync(soql);

        Assert.Equal((400, code), (reply.Status, reply.Error));
        Assert.Contains(message, reply.Body[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(reply.Body[0]!["fields"]);
    }

    [Fact]
    public async Task The_caret_stands_under_the_place()
    {
        await using var bench = await OrgBench.StartAsync();

        var reply = await bench.QueryAsync("SELECT Id, Nope FROM Lead");

        Assert.StartsWith("\nSELECT Id, Nope FROM Lead\n           ^\nERROR at Row:1:Column:12\n", reply.Body[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_by_their_address()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Host.Control.Generate(new() { Crm = "salesforce", Count = 450 });

        var first = await bench.SendAsync(HttpMethod.Get, "query?q=SELECT+Id+FROM+Lead+ORDER+BY+Id", null, ("Sforce-Query-Options", "batchSize=200"));
        var second = await bench.GetAsync(first.Body["nextRecordsUrl"]!.GetValue<string>());
        var third = await bench.GetAsync(second.Body["nextRecordsUrl"]!.GetValue<string>());

        Assert.Equal([200, 200, 50], new[] { first, second, third }.Select(page => page.Body["records"]!.AsArray().Count));
        Assert.Equal([450, 450, 450], new[] { first, second, third }.Select(page => page.Body["totalSize"]!.GetValue<int>()));
        Assert.True(third.Body["done"]!.GetValue<bool>());
        Assert.Null(third.Body["nextRecordsUrl"]);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, (await bench.GetAsync(first.Body["nextRecordsUrl"]!.GetValue<string>())).Status);
    }

    [Fact]
    public async Task Counts_children_and_parents_are_written_as_they_should()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Lead("a", lead => lead with { Company = new() { Key = "k", Name = "Firm" }, Engagement = [new() { Kind = "handRaise" }] });

        var count = await bench.QueryAsync("SELECT COUNT() FROM Lead");
        var row = (await bench.QueryAsync("SELECT Matched_Account__r.Name, (SELECT Status, Campaign.Name FROM CampaignMembers) FROM Lead")).Body["records"]![0]!;

        Assert.Equal("""{"totalSize":1,"done":true,"records":[]}""", count.Text);
        Assert.Equal("Firm", row["Matched_Account__r"]!["Name"]!.GetValue<string>());
        var member = row["CampaignMembers"]!["records"]![0]!;
        Assert.Equal(("Responded", "Demo request: Book a demo"), (member["Status"]!.GetValue<string>(), member["Campaign"]!["Name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Rows_of_one_second_are_told_apart_by_their_ids()
    {
        await using var bench = await OrgBench.StartAsync();
        var ids = Enumerable.Range(0, 5).Select(number => bench.Lead($"k{number}")).ToList();

        var after = await bench.ColumnAsync(
            $"SELECT Id FROM Lead WHERE (SystemModstamp = 2026-01-05T07:00:00Z AND Id > '{ids[1]}') OR SystemModstamp > 2026-01-05T07:00:00Z ORDER BY SystemModstamp ASC, Id ASC LIMIT 2");

        Assert.Equal(ids[2..4], after);
    }

    [Fact]
    public void Any_text_that_is_escaped_is_the_text_that_was_meant() => Hostile.Sample(
        text =>
        {
            var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n",
                StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
            var query = CrmSync.Sandbox.Salesforce.Soql.SoqlParser.Parse($"SELECT Id FROM Lead WHERE Company = '{escaped}'");
            var compare = Assert.IsType<CrmSync.Sandbox.Salesforce.Soql.ParsedCondition.Comparing>(query.Where);
            Assert.Equal(text, CrmSync.Sandbox.Salesforce.Soql.SoqlText.Plain(compare.Value.Text));
        },
        iter: 10_000);
}
