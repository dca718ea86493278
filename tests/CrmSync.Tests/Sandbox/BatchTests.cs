using System.Text.Json.Nodes;

namespace CrmSync.Tests.Sandbox;

public sealed class BatchTests
{
    private const string Contacts = "/crm/objects/2026-09/contacts/batch/";

    [Fact]
    public async Task Missing_ids_of_a_read_make_one_error()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        var reply = await bench.PostAsync(Contacts + "read", new { properties = new[] { "email" }, inputs = Ids(id, "998", "999") });

        Assert.Equal((207, "1"), (reply.Status, reply["numErrors"]));
        var error = reply.Body["errors"]![0]!;
        Assert.Equal("Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.", error["message"]!.GetValue<string>());
        Assert.Equal(["998", "999"], error["context"]!["ids"]!.AsArray().Select(missing => missing!.GetValue<string>()));
        Assert.Single(reply.Body["results"]!.AsArray());
    }

    [Fact]
    public async Task Unknown_properties_of_a_read_are_left_out_and_empty_ones_are_null()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        var reply = await bench.PostAsync(Contacts + "read", new { properties = new[] { "phone", "nosuch" }, inputs = Ids(id) });

        var properties = reply.Body["results"]![0]!["properties"]!.AsObject();
        Assert.Equal(["createdate", "hs_object_id", "lastmodifieddate", "phone"], properties.Select(pair => pair.Key));
        Assert.Null(properties["phone"]);
    }

    [Fact]
    public async Task One_bad_value_without_trace_ids_fails_the_whole_update()
    {
        await using var bench = await SandboxBench.StartAsync();
        var (a, b) = (bench.Lead("a"), bench.Lead("b"));

        var reply = await bench.PostAsync(Contacts + "update", new { inputs = new[] { Input(a, "jobtitle", "CFO"), Input(b, "nosuch", "1") } });

        Assert.Equal((400, "VALIDATION_ERROR"), (reply.Status, reply["category"]));
        Assert.Equal("PROPERTY_DOESNT_EXIST", reply.Body["errors"]![0]!["code"]!.GetValue<string>());
        Assert.Null(await bench.ReadAsync(a, "jobtitle"));
    }

    [Fact]
    public async Task Missing_ids_of_an_update_are_named_with_their_trace_ids()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        var reply = await bench.PostAsync(Contacts + "update", new
        {
            inputs = new[]
            {
                new { id, objectWriteTraceId = "t1", properties = new { jobtitle = "CFO" } },
                new { id = "999", objectWriteTraceId = "t2", properties = new { jobtitle = "CFO" } },
            },
        });

        Assert.Equal(207, reply.Status);
        Assert.Equal("t1", reply.Body["results"]![0]!["objectWriteTraceId"]!.GetValue<string>());
        Assert.Equal("t2", reply.Body["errors"]![0]!["context"]!["objectWriteTraceId"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task An_id_that_was_merged_away_is_left_out_without_a_word()
    {
        await using var bench = await SandboxBench.StartAsync();
        var (a, b) = (bench.Lead("a"), bench.Lead("b"));
        bench.Act("b", "merge", act => act with { Into = "a" });

        var reply = await bench.PostAsync(Contacts + "update", new { inputs = new[] { Input(a, "jobtitle", "CFO"), Input(b, "jobtitle", "CEO") } });

        Assert.Equal((200, null), (reply.Status, reply["numErrors"]));
        Assert.Equal(a, Assert.Single(reply.Body["results"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal("CFO", await bench.ReadAsync(a, "jobtitle"));
    }

    [Fact]
    public async Task A_create_with_trace_ids_fails_input_by_input()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a");

        var reply = await bench.PostAsync(Contacts + "create", new
        {
            inputs = new[]
            {
                new { objectWriteTraceId = "t1", properties = new { email = "new@firm.example" } },
                new { objectWriteTraceId = "t2", properties = new { email = "a@firm.example" } },
            },
        });

        Assert.Equal(207, reply.Status);
        Assert.Single(reply.Body["results"]!.AsArray());
        var error = reply.Body["errors"]![0]!;
        Assert.Equal(("CONFLICT", "t2"), (error["category"]!.GetValue<string>(), error["context"]!["objectWriteTraceId"]![0]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_upsert_by_a_unique_property_says_what_was_new()
    {
        await using var bench = await SandboxBench.StartAsync();
        var inputs = new { inputs = new[] { new { id = "u@firm.example", idProperty = "email", properties = new { jobtitle = "CFO" } } } };

        var first = await bench.PostAsync(Contacts + "upsert", inputs);
        var second = await bench.PostAsync(Contacts + "upsert", inputs);

        Assert.Equal((true, false), (IsNew(first), IsNew(second)));

        static bool IsNew(SandboxBench.Reply reply) => reply.Body["results"]![0]!["new"]!.GetValue<bool>();
    }

    [Theory]
    [InlineData("email")]
    [InlineData("hs_object_id")]
    public async Task An_update_by_another_key_is_refused(string property)
    {
        await using var bench = await SandboxBench.StartAsync();

        var reply = await bench.PostAsync(Contacts + "update", new { inputs = new[] { new { id = "1", idProperty = property, properties = new { jobtitle = "x" } } } });

        Assert.Equal($"Unable to perform update/upsert by non-unique 0-1 property {property}", reply["message"]);
    }

    [Fact]
    public async Task More_than_a_hundred_inputs_are_refused()
    {
        await using var bench = await SandboxBench.StartAsync();
        var inputs = Enumerable.Range(1, 101).Select(id => Input(id.ToString(System.Globalization.CultureInfo.InvariantCulture), "jobtitle", "x"));

        Assert.Equal(400, (await bench.PostAsync(Contacts + "update", new { inputs })).Status);
    }

    [Fact]
    public async Task A_batch_archive_answers_nothing_and_archives()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");

        Assert.Equal(204, (await bench.PostAsync(Contacts + "archive", new { inputs = Ids(id) })).Status);
        Assert.Equal(404, (await bench.GetAsync($"/crm/v3/objects/contacts/{id}")).Status);
    }

    private static IEnumerable<object> Ids(params string[] ids) => ids.Select(id => new { id });

    private static JsonObject Input(string id, string property, string value) => new() { ["id"] = id, ["properties"] = new JsonObject { [property] = value } };
}
