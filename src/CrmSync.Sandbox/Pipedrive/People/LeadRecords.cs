using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>Which record a scenario's key stands for: the lead, the deal that it became, or the survivor of a merge.</summary>
internal static class LeadRecords
{
    public static Item Of(PipedriveCompany company, string key)
    {
        if (!company.Keys.TryFind(key, out var id))
        {
            throw new SandboxRequestException($"No lead has the key '{key}' in Pipedrive company {company.Id}.");
        }

        return Current(company, id) ?? throw new SandboxRequestException($"The lead '{key}' was deleted from Pipedrive company {company.Id}.");
    }

    /// <summary>The record that people work on now; null when it is gone.</summary>
    public static Item? Current(PipedriveCompany company, string leadId)
    {
        var lead = company.Table(EntityKind.Lead).Live(leadId);
        return lead ?? (Merging.Survivor(company, Conversion.DealOf(company, leadId)) is { IsDeleted: false } deal ? deal : BackAgain(company, leadId));
    }

    /// <summary>A deal may have been made a lead again.</summary>
    private static Item? BackAgain(PipedriveCompany company, string leadId) => Conversion.DealOf(company, leadId) is { } deal
        ? company.Table(EntityKind.Lead).All.LastOrDefault(lead => !lead.IsGone && lead.Long("source_deal_id") == deal.Number) : null;
}
