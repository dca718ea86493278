using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox;

public sealed class AssociationTests
{
    [Fact]
    public async Task Each_direction_has_its_own_type()
    {
        await using var bench = await SandboxBench.StartAsync();
        var contact = bench.Lead("a", lead => lead with { Company = new CompanySpec { Key = "c" } });

        var there = await bench.GetAsync($"/crm/objects/2026-09/contacts/{contact}/associations/companies");
        var company = there.Body["results"]![0]!["toObjectId"]!.GetValue<long>();
        var back = await bench.GetAsync($"/crm/v4/objects/companies/{company}/associations/contacts");

        Assert.Equal([279, 1], Types(there));
        Assert.Equal([280, 2], Types(back));
    }

    [Fact]
    public async Task Inline_associations_appear_only_when_there_are_some()
    {
        await using var bench = await SandboxBench.StartAsync();
        var (with, without) = (bench.Lead("a", lead => lead with { Company = new CompanySpec { Key = "c" } }), bench.Lead("b"));

        var reply = await bench.GetAsync($"/crm/v3/objects/contacts/{with}?associations=companies");

        Assert.Equal("contact_to_company", reply.Body["associations"]!["companies"]!["results"]![0]!["type"]!.GetValue<string>());
        Assert.Null((await bench.GetAsync($"/crm/v3/objects/contacts/{without}?associations=companies")).Body["associations"]);
    }

    [Fact]
    public async Task A_default_association_is_made_read_in_a_batch_and_removed()
    {
        await using var bench = await SandboxBench.StartAsync();
        var contact = bench.Lead("a");
        var task = (await bench.PostAsync("/crm/v3/objects/tasks", new { properties = new { hs_timestamp = "2026-01-06T09:00:00Z" } }))["id"];

        var put = await bench.SendAsync(HttpMethod.Put, $"/crm/objects/2026-09/tasks/{task}/associations/default/contacts/{contact}", null);
        var read = await bench.PostAsync("/crm/associations/2026-09/contacts/tasks/batch/read", new { inputs = new[] { new { id = contact } } });
        var delete = await bench.SendAsync(HttpMethod.Delete, $"/crm/v4/objects/tasks/{task}/associations/contacts/{contact}", null);

        Assert.Equal((200, 200, 204), (put.Status, read.Status, delete.Status));
        Assert.Equal(203, read.Body["results"]![0]!["to"]![0]!["associationTypes"]![0]!["typeId"]!.GetValue<int>());
        Assert.Equal(207, (await bench.PostAsync("/crm/v4/associations/contacts/tasks/batch/read", new { inputs = new[] { new { id = contact } } })).Status);
    }

    [Fact]
    public async Task A_type_of_the_other_direction_is_refused()
    {
        await using var bench = await SandboxBench.StartAsync();
        var contact = bench.Lead("a");
        var types = new[] { new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 201 } };

        var reply = await bench.PostAsync("/crm/v3/objects/notes", new
        {
            properties = new { hs_timestamp = "2026-01-06T09:00:00Z" },
            associations = new[] { new { to = new { id = contact }, types } },
        });

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task A_deal_moves_the_stage_of_those_it_is_tied_to()
    {
        await using var bench = await SandboxBench.StartAsync();
        var contact = bench.Lead("a", lead => lead with { Company = new CompanySpec { Key = "c" } });

        var deal = await bench.PostAsync("/crm/v3/objects/deals", new
        {
            properties = new { dealname = "Deal", dealstage = "appointmentscheduled" },
            associations = new[] { new { to = new { id = contact }, types = new[] { new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 3 } } } },
        });
        Assert.Equal("opportunity", await bench.ReadAsync(contact, "lifecyclestage"));
        await bench.PatchAsync($"/crm/v3/objects/deals/{deal["id"]}", new { properties = new { dealstage = "closedwon" } });

        Assert.Equal("customer", await bench.ReadAsync(contact, "lifecyclestage"));
    }

    private static IEnumerable<int> Types(SandboxBench.Reply reply) =>
        reply.Body["results"]![0]!["associationTypes"]!.AsArray().Select(type => type!["typeId"]!.GetValue<int>());
}
