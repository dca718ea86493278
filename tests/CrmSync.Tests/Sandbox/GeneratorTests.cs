using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox;

public sealed class GeneratorTests
{
    [Fact]
    public async Task Generated_people_are_found_listed_and_tied_to_companies()
    {
        await using var bench = await SandboxBench.StartAsync();

        var reply = bench.Host.Control.Generate(new GenerateRequest { Crm = "hubspot", Count = 12, KeyPrefix = "p" });

        Assert.Equal((12, 3), (reply.Contacts, reply.Companies));
        Assert.Equal("12", (await bench.SearchAsync(new { }))["total"]);
        var contact = await bench.GetAsync($"/crm/v3/objects/contacts/{reply.FirstId}?associations=companies&propertiesWithHistory=lifecyclestage");
        Assert.NotNull(contact.Body["associations"]);
        Assert.Single(contact.Body["propertiesWithHistory"]!["lifecyclestage"]!.AsArray());
        bench.Act("p3", "edit", act => act with { Fields = new Dictionary<string, string?> { ["jobtitle"] = "Pilot" } });
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_people_and_a_second_call_makes_others()
    {
        await using var one = await SandboxBench.StartAsync();
        await using var other = await SandboxBench.StartAsync();
        var request = new GenerateRequest { Crm = "hubspot", Count = 50, Seed = 3 };
        one.Host.Control.Generate(request);
        other.Host.Control.Generate(request);

        Assert.Equal(Emails(one), Emails(other));
        one.Host.Control.Generate(request);
        Assert.Equal(100, Emails(one).Distinct().Count());
    }

    private static IEnumerable<string> Emails(SandboxBench bench) => bench.Host.Control.State("hubspot").Leads.Select(lead => lead.Fields["email"]);
}
