namespace CrmSync.Tests.Sandbox;

public sealed class ObjectTests
{
    private const string Contacts = "/crm/v3/objects/contacts";

    [Fact]
    public async Task A_create_answers_201_with_the_larger_set()
    {
        await using var bench = await SandboxBench.StartAsync();

        var reply = await bench.PostAsync(Contacts, new { properties = new { email = "New@Firm.example" } });

        Assert.Equal(201, reply.Status);
        var properties = reply.Body["properties"]!;
        Assert.Equal("new@firm.example", properties["email"]!.GetValue<string>());
        Assert.Equal("lead", properties["lifecyclestage"]!.GetValue<string>());
        Assert.Equal("contacts-lifecycle-pipeline", properties["hs_pipeline"]!.GetValue<string>());
        Assert.Equal("INTEGRATION", properties["hs_object_source"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_taken_address_is_a_conflict_that_names_the_holder()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        var reply = await bench.PostAsync(Contacts, new { properties = new { email = "A@firm.example" } });

        Assert.Equal((409, $"Contact already exists. Existing ID: {id}", "CONFLICT"), (reply.Status, reply["message"], reply["category"]));
    }

    [Theory]
    [InlineData("nosuch", "1", "PROPERTY_DOESNT_EXIST")]
    [InlineData("hs_lead_status", "Nope", "INVALID_OPTION")]
    [InlineData("email", "no address", "INVALID_EMAIL")]
    [InlineData("createdate", "2026-01-01", "READ_ONLY_VALUE")]
    [InlineData("webinar_last_attended", "1767225600", "INVALID_DATE")]
    [InlineData("hubspot_owner_id", "28604240", "INVALID_OWNER_ID")]
    public async Task A_bad_value_is_told_in_the_message_and_in_the_errors(string property, string value, string code)
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        var reply = await bench.WriteAsync(id, property, value);

        Assert.Equal((400, "VALIDATION_ERROR"), (reply.Status, reply["category"]));
        Assert.StartsWith("Property values were not valid: [{\"isValid\":false,", reply["message"], StringComparison.Ordinal);
        Assert.Equal(code, reply.Body["errors"]![0]!["code"]!.GetValue<string>());
        Assert.Equal(reply["correlationId"], reply.Headers["X-HubSpot-Correlation-Id"]);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found_in_two_ways()
    {
        await using var bench = await SandboxBench.StartAsync();

        var number = await bench.GetAsync(Contacts + "/12345");
        var text = await bench.GetAsync(Contacts + "/abc");

        Assert.Equal((404, "resource not found", null), (number.Status, number["message"], number["category"]));
        Assert.Equal((404, "Object not found.  objectId are usually numeric.", "OBJECT_NOT_FOUND"), (text.Status, text["message"], text["category"]));
    }

    [Fact]
    public async Task A_list_goes_on_after_an_id()
    {
        await using var bench = await SandboxBench.StartAsync();
        var ids = new[] { bench.Lead("a"), bench.Lead("b"), bench.Lead("c") };

        var first = await bench.GetAsync(Contacts + "?limit=2");
        var after = first.Body["paging"]!["next"]!["after"]!.GetValue<string>();
        var second = await bench.GetAsync($"/crm/objects/2026-09/0-1?limit=2&after={after}");

        Assert.Equal(ids, first.Body["results"]!.AsArray().Concat(second.Body["results"]!.AsArray()).Select(result => result!["id"]!.GetValue<string>()));
        Assert.Null(second.Body["paging"]);
    }

    [Fact]
    public async Task Instants_have_a_fraction_only_when_there_is_one()
    {
        await using var bench = await SandboxBench.StartAsync();
        var whole = bench.Lead("a");
        bench.Clock.Advance(TimeSpan.FromMilliseconds(6));
        var part = bench.Lead("b");

        Assert.Equal("2026-01-05T07:00:00Z", await bench.ReadAsync(whole, "createdate"));
        Assert.Equal("2026-01-05T07:00:00.006Z", await bench.ReadAsync(part, "createdate"));
    }

    [Fact]
    public async Task A_note_with_an_association_hangs_on_the_contact()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        var reply = await bench.PostAsync("/crm/objects/2026-09/notes", new
        {
            properties = new { hs_timestamp = "1767600000000", hs_note_body = "Hello" },
            associations = new[] { new { to = new { id }, types = new[] { new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 202 } } } },
        });

        Assert.Equal(201, reply.Status);
        var note = Assert.Single(bench.Host.Control.State("hubspot").Leads[0].Notes);
        Assert.Equal((reply["id"], "Hello"), (note.Id, note.Fields["hs_note_body"]));
    }

    [Fact]
    public async Task A_merged_id_leads_to_the_survivor_and_its_address_stays_taken()
    {
        await using var bench = await SandboxBench.StartAsync();
        var (winner, loser) = (bench.Lead("a"), bench.Lead("b", lead => lead with { JobTitle = "CFO" }));

        await bench.PostAsync(Contacts + "/merge", new { primaryObjectId = winner, objectIdToMerge = loser });

        Assert.Equal(winner, (await bench.GetAsync($"{Contacts}/{loser}"))["id"]);
        Assert.Equal("CFO", await bench.ReadAsync(winner, "jobtitle"));
        Assert.Equal(409, (await bench.PostAsync(Contacts, new { properties = new { email = "b@firm.example" } })).Status);
        Assert.Equal(winner, bench.Host.Control.State("hubspot").Leads.Single(lead => lead.Id == loser).MergedInto);
    }

    [Fact]
    public async Task A_merge_can_make_a_third_record()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Host.Control.SetSwitch("hubspot", "mergeMakesNewId", true);
        var (winner, loser) = (bench.Lead("a"), bench.Lead("b"));

        bench.Act("b", "merge", act => act with { Into = "a" });

        var survivor = (await bench.GetAsync($"{Contacts}/{winner}"))["id"];
        Assert.NotEqual(winner, survivor);
        Assert.Equal(survivor, (await bench.GetAsync($"{Contacts}/{loser}"))["id"]);
        Assert.Equal($"{winner};{loser}", await bench.ReadAsync(survivor!, "hs_merged_object_ids"));
        Assert.Matches($"^{winner}:[0-9]{{13}};{loser}:[0-9]{{13}}$", await bench.ReadAsync(survivor!, "hs_calculated_merged_vids"));
    }
}
