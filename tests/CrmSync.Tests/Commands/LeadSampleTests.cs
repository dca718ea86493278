using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands.Rules;

namespace CrmSync.Tests.Commands;

public sealed class LeadSampleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(7, 7)]
    [InlineData(100, 7)]
    public async Task Reads_as_many_leads_as_asked_for_over_several_pages(int most, int read)
    {
        var crm = Crm(7);
        Assert.Equal(read, (await SampleAsync(crm, most)).Count);
        Assert.All(crm.Reads, depth => Assert.Equal(ReadDepth.Facts, depth));
        Assert.Empty(crm.Writes);
    }

    [Fact]
    public async Task Passes_over_what_is_gone_or_cannot_be_understood()
    {
        var crm = Crm(4);
        crm.Records["lead-1"] = new("lead-1", CrmReadingKind.Gone);
        crm.Records["lead-2"] = new("lead-2", CrmReadingKind.Unreadable, Reason: "no stage");
        Assert.Equal(2, (await SampleAsync(crm, 10)).Count);
    }

    [Fact]
    public async Task Is_content_with_an_empty_CRM() => Assert.Empty(await SampleAsync(Crm(0), 10));

    private static FakeCrm Crm(int leads)
    {
        var crm = new FakeCrm();
        for (var i = 0; i < leads; i++)
            crm.Records[$"lead-{i}"] = new($"lead-{i}", CrmReadingKind.Found, new() { Ref = new("main", $"lead-{i}"), ObjectKind = "contact", Facts = RuleSamples.Lead().Build() });
        return crm;
    }

    private static async Task<List<LeadFacts>> SampleAsync(FakeCrm crm, int most)
    {
        var facts = new List<LeadFacts>();
        await foreach (var lead in LeadSample.ReadAsync(crm, FactCatalogue.BuiltIn, most, TextWriter.Null, TestContext.Current.CancellationToken))
            facts.Add(lead);
        return facts;
    }
}
