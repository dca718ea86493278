using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox.Salesforce;

public sealed class RowTests
{
    [Fact]
    public async Task A_row_is_made_read_changed_and_deleted()
    {
        await using var bench = await OrgBench.StartAsync();

        var made = await bench.PostAsync("sobjects/Lead", new { LastName = "Holm", Company = "Firm", NumberOfEmployees = 20, AnnualRevenue = 300 });
        var id = made.Body["id"]!.GetValue<string>();
        var changed = await bench.PatchAsync($"sobjects/Lead/{id[..15]}", new { Title = "CEO", AnnualRevenue = (int?)null });
        var row = (await bench.GetAsync($"sobjects/Lead/{id}?fields=Title,AnnualRevenue,NumberOfEmployees,Status")).Body;
        var deleted = await bench.SendAsync(HttpMethod.Delete, $"sobjects/Lead/{id}", null);
        var gone = await bench.GetAsync($"sobjects/Lead/{id}");

        Assert.Equal((201, $$"""{"id":"{{id}}","success":true,"errors":[]}"""), (made.Status, made.Text));
        Assert.Equal((204, ""), (changed.Status, changed.Text));
        Assert.Equal(("CEO", null, 20, "Open - Not Contacted"),
            (row["Title"]!.GetValue<string>(), row["AnnualRevenue"], row["NumberOfEmployees"]!.GetValue<int>(), row["Status"]!.GetValue<string>()));
        Assert.Equal(204, deleted.Status);
        Assert.Equal((404, """[{"message":"entity is deleted","errorCode":"ENTITY_IS_DELETED","fields":[]}]"""), (gone.Status, gone.Text));
    }

    [Theory]
    [InlineData("""{"Company":"x"}""", "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]")]
    [InlineData("""{"LastName":"x","Company":"x","Nope":1}""", "INVALID_FIELD", "No such column 'Nope' on sobject of type Lead")]
    [InlineData("""{"LastName":"x","Company":"x","ConvertedDate":"2026-01-01"}""", "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: ConvertedDate.")]
    [InlineData("""{"LastName":"x","Company":"x","Email":"nobody"}""", "INVALID_EMAIL_ADDRESS", "Email: invalid email address: nobody")]
    [InlineData("""{"LastName":"x","Company":"x","EmailBouncedDate":"2026-01-01"}""", "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: EmailBouncedDate.")]
    [InlineData("""{"LastName":"x","Company":"x","Last_Visit__c":"2026-01-01T07:00:00.1234567Z"}""", "JSON_PARSER_ERROR", "Cannot deserialize instance of datetime")]
    [InlineData("""{"LastName":"x","Company":"x","OwnerId":"00Q000000000000AAA"}""", "MALFORMED_ID", "Owner ID: id value of incorrect type: 00Q000000000000AAA")]
    [InlineData("""{"LastName":"x","LastName":"y"}""", "JSON_PARSER_ERROR", "")]
    public async Task A_bad_row_is_refused_in_the_vendors_words(string row, string code, string message)
    {
        await using var bench = await OrgBench.StartAsync();

        var reply = await bench.PostAsync("sobjects/Lead", new Raw(row));

        Assert.Equal((400, code), (reply.Status, reply.Error));
        Assert.StartsWith(message, reply.Body[0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_answers_200_and_tells_of_each_row_in_order()
    {
        await using var bench = await OrgBench.StartAsync(new() { LockedLeads = ["locked"],
            ValidationRules = [new() { Field = "Title", Value = "CXO", Message = "No such title here" }] });
        var ids = new[] { "ok", "converted", "deleted", "locked", "ruled" }.Select(key => bench.Lead(key)).ToList();
        bench.Act("converted", "convert");
        bench.Act("deleted", "delete");

        var reply = await Update(bench, false, [.. ids.Select((id, place) => (id, place == 4 ? "CXO" : "CEO")), (ids[0], "CFO")]);

        Assert.Equal(200, reply.Status);
        Assert.Equal([null, "CANNOT_UPDATE_CONVERTED_LEAD", "ENTITY_IS_DELETED", "UNABLE_TO_LOCK_ROW", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "DUPLICATE_VALUE"],
            reply.RowErrors);
        Assert.Equal("""{"success":false,"errors":[{"statusCode":"CANNOT_UPDATE_CONVERTED_LEAD","message":"cannot reference converted lead","fields":[]}]}""", reply.Body[1]!.ToJsonString());
        Assert.Equal("CEO", bench.State("ok").Fields["Title"]);
    }

    [Fact]
    public async Task All_or_none_takes_everything_back()
    {
        await using var bench = await OrgBench.StartAsync();
        var ids = new[] { bench.Lead("a"), bench.Lead("b") };
        bench.Act("b", "delete");

        var reply = await Update(bench, true, [(ids[0], "CEO"), (ids[1], "CEO")]);

        Assert.Equal(["ALL_OR_NONE_OPERATION_ROLLED_BACK", "ENTITY_IS_DELETED"], reply.RowErrors);
        Assert.DoesNotContain("Title", bench.State("a").Fields.Keys);
    }

    [Fact]
    public async Task More_than_two_hundred_rows_are_refused_as_a_whole()
    {
        await using var bench = await OrgBench.StartAsync();

        Assert.Equal(400, (await Update(bench, false, [.. Enumerable.Repeat(("00Q000000000000AAA", "x"), 201)])).Status);
    }

    [Fact]
    public async Task A_write_on_condition_fails_when_somebody_was_there_since()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a");
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        bench.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["Title"] = "CEO" } });
        Task<OrgBench.Reply> Write(string since) => bench.PatchAsync($"sobjects/Lead/{id}", new { Title = "CFO" }, ("If-Unmodified-Since", since));

        var late = await Write("Mon, 05 Jan 2026 07:00:30 GMT");
        var bad = await Write("2026-01-05");
        var good = await Write("Mon, 05 Jan 2026 07:01:00 GMT");

        Assert.Equal((412, 400, 204), (late.Status, bad.Status, good.Status));
    }

    [Fact]
    public async Task A_write_without_the_header_gives_the_lead_to_somebody_else()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { Owner = "rep1" });
        bench.Client.DefaultRequestHeaders.Remove("Sforce-Auto-Assign");

        await bench.PatchAsync($"sobjects/Lead/{id}", new { Title = "CFO" });

        Assert.NotEqual(bench.Host.Control.State("salesforce").Leads[0].Fields["CreatedById"], bench.State("a").Fields["OwnerId"]);
        Assert.Equal("Rep3 Holm", Assert.Single(await bench.ColumnAsync($"SELECT Name FROM User WHERE Id = '{bench.State("a").Fields["OwnerId"]}'")));
    }

    [Fact]
    public async Task A_batch_is_read_in_the_order_of_its_ids()
    {
        await using var bench = await OrgBench.StartAsync();
        var (a, b) = (bench.Lead("a"), bench.Lead("b"));

        var reply = await bench.PostAsync("composite/sobjects/Lead", new { ids = new[] { b, "00Q000000000000AAA", a }, fields = new[] { "Email" } });

        Assert.Equal(["b@firm.example", null, "a@firm.example"], reply.Body.AsArray().Select(row => row?["Email"]!.GetValue<string>()));
        Assert.Equal(400, (await bench.PostAsync("composite/sobjects/Lead", new { ids = new[] { b }, fields = new[] { "Nope" } })).Status);
    }

    [Fact]
    public async Task A_composite_request_uses_what_came_before()
    {
        await using var bench = await OrgBench.StartAsync();

        var reply = await bench.PostAsync("composite", new
        {
            compositeRequest = new object[]
            {
                new { method = "POST", url = "/services/data/v68.0/sobjects/Lead", referenceId = "made", body = new { LastName = "Holm", Company = "Firm" } },
                new { method = "GET", url = "/services/data/v68.0/sobjects/Lead/@{made.id}?fields=Company", referenceId = "read" },
                new { method = "GET", url = "/services/data/v68.0/sobjects/Nope", referenceId = "bad" },
            },
        });

        var parts = reply.Body["compositeResponse"]!.AsArray();
        Assert.Equal([201, 200, 404], parts.Select(part => part!["httpStatusCode"]!.GetValue<int>()));
        Assert.Equal("Firm", parts[1]!["body"]!["Company"]!.GetValue<string>());
        Assert.Equal(["body", "httpHeaders", "httpStatusCode", "referenceId"], parts[0]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("api-usage=1/100000", reply.Headers["Sforce-Limit-Info"]);
    }

    [Fact]
    public async Task An_inactive_user_can_own_nothing_new()
    {
        await using var bench = await OrgBench.StartAsync(new() { InactiveUsers = ["rep2"] });
        var id = bench.Lead("a");
        var rep2 = Assert.Single(await bench.ColumnAsync("SELECT Id FROM User WHERE IsActive = false"));

        var reply = await bench.PatchAsync($"sobjects/Lead/{id}", new { OwnerId = rep2 });

        Assert.Equal("INACTIVE_OWNER_OR_USER", reply.Error);
    }

    [Fact]
    public async Task A_duplicate_rule_that_warns_lets_through_who_insists()
    {
        await using var bench = await OrgBench.StartAsync(new() { DuplicateRule = "alert" });
        bench.Lead("a");
        var id = bench.Lead("b");
        Task<OrgBench.Reply> Write(params (string, string)[] headers) => bench.PatchAsync($"sobjects/Lead/{id}", new { Email = "A@firm.example" }, headers);

        var warned = await Write();
        var insisted = await Write(("Sforce-Duplicate-Rule-Header", "allowSave=true; includeRecordDetails=false"));
        bench.Switch("duplicateRule", "block");
        var blocked = await Write(("Sforce-Duplicate-Rule-Header", "allowSave=true"));

        Assert.Equal((400, 204, 400), (warned.Status, insisted.Status, blocked.Status));
        Assert.Equal(["duplicateResut", "errorCode", "message"], warned.Body[0]!.AsObject().Select(pair => pair.Key));
    }

    [Theory]
    [InlineData(700, 200)]
    [InlineData(800, 414)]
    public async Task An_address_that_is_too_long_gets_a_page(int ids, int status)
    {
        await using var bench = await OrgBench.StartAsync();
        var list = string.Join(',', Enumerable.Repeat("00Q000000000000AAA", ids));

        var reply = await bench.GetAsync($"composite/sobjects/Lead?fields=Id&ids={list}");

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task The_log_tells_who_was_shown_and_what_changed()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a");
        await bench.QueryAsync("SELECT Id FROM Lead");
        await bench.PatchAsync($"sobjects/Lead/{id}", new { Title = "CEO" });

        var (query, patch) = bench.Host.Control.Log().Where(entry => entry.Kind == "request").ToArray() is [var first, var second] ? (first, second)
            : throw new InvalidOperationException();

        Assert.Equal([id], query.Reads);
        Assert.Equal(new Effect("leads", id, "Title", null, "CEO", "api:user"), Assert.Single(patch.Effects));
        Assert.Equal((bench.Account.AccountId, "user", 204, 2), (patch.AccountId, patch.Identity, patch.Status, patch.WindowUsed));
    }

    private static Task<OrgBench.Reply> Update(OrgBench bench, bool allOrNone, (string Id, string Title)[] rows) => bench.PatchAsync(
        "composite/sobjects", new { allOrNone, records = rows.Select(row => new { attributes = new { type = "Lead" }, id = row.Id, Title = row.Title }) });

    /// <summary>JSON that no writer would make.</summary>
    [System.Text.Json.Serialization.JsonConverter(typeof(RawWriter))]
    private sealed record Raw(string Text);

    private sealed class RawWriter : System.Text.Json.Serialization.JsonConverter<Raw>
    {
        public override Raw Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(System.Text.Json.Utf8JsonWriter writer, Raw value, System.Text.Json.JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
