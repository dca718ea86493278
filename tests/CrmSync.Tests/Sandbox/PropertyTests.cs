namespace CrmSync.Tests.Sandbox;

public sealed class PropertyTests
{
    private const string Properties = "/crm/properties/2026-09/contacts";

    [Fact]
    public async Task A_property_is_made_once_in_its_group()
    {
        await using var bench = await SandboxBench.StartAsync();

        Assert.Equal(404, (await bench.GetAsync(Properties + "/groups/crmsync")).Status);
        Assert.Equal(201, (await bench.PostAsync(Properties + "/groups", new { name = "crmsync", label = "CrmSync" })).Status);
        Assert.Equal(201, (await bench.PostAsync(Properties, Choice("crmsync_decision", "accept"))).Status);
        Assert.Equal(409, (await bench.PostAsync(Properties, Choice("crmsync_decision", "accept"))).Status);
        Assert.Equal("enumeration", (await bench.GetAsync(Properties + "/crmsync_decision"))["type"]);
    }

    [Fact]
    public async Task Patched_options_replace_the_old_ones()
    {
        await using var bench = await SandboxBench.StartAsync();
        await bench.PostAsync(Properties, Choice("answer", "accept", "contactinformation"));

        await bench.PatchAsync(Properties + "/answer", new { options = new[] { new { label = "Take it", value = "take", hidden = false } } });

        var id = bench.Lead("a");
        Assert.Equal(400, (await bench.WriteAsync(id, "answer", "accept")).Status);
        Assert.Equal(200, (await bench.WriteAsync(id, "answer", "take")).Status);
    }

    [Fact]
    public async Task A_batch_makes_what_it_can()
    {
        await using var bench = await SandboxBench.StartAsync();
        var inputs = new[] { Choice("one", "x", "contactinformation"), Choice("email", "x", "contactinformation") };

        var reply = await bench.PostAsync(Properties + "/batch/create", new { inputs });

        Assert.Equal(207, reply.Status);
        Assert.Single(reply.Body["results"]!.AsArray());
    }

    [Fact]
    public async Task Types_and_field_types_must_fit()
    {
        await using var bench = await SandboxBench.StartAsync();

        var reply = await bench.PostAsync(Properties, new { name = "x", label = "X", groupName = "contactinformation", type = "number", fieldType = "text" });

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task A_new_account_has_the_customs_of_the_scenario_and_none_of_the_product()
    {
        await using var bench = await SandboxBench.StartAsync();

        var names = (await bench.GetAsync(Properties)).Body["results"]!.AsArray().Select(property => property!["name"]!.GetValue<string>()).ToList();

        Assert.Contains("webinar_last_attended", names);
        Assert.Contains("bant_need", names);
        Assert.DoesNotContain(names, name => name.StartsWith("crmsync_", StringComparison.Ordinal));
    }

    private static object Choice(string name, string option, string group = "crmsync") => new
    {
        name,
        label = "Label of " + name,
        groupName = group,
        type = "enumeration",
        fieldType = "select",
        options = new[] { new { label = "Option " + option, value = option, hidden = false } },
    };
}
