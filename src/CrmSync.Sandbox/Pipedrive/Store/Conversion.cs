using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>Turns a lead into a deal, or a deal back into a lead: what hangs on it moves, and what it was is deleted.</summary>
internal static class Conversion
{
    private static readonly EntityKind[] Moving = [EntityKind.Activity, EntityKind.Note];

    /// <summary>Custom values go along; labels have no counterpart.</summary>
    public static Item ToDeal(PipedriveCompany company, Item lead, long? stage, long? pipeline, CompanyWrite context)
    {
        var values = Custom(company, lead);
        values["title"] = lead["title"];
        values["owner_id"] = lead["owner_id"];
        values["person_id"] = lead["person_id"];
        values["org_id"] = lead["organization_id"];
        values["origin"] = lead["origin"];
        values["origin_id"] = lead["origin_id"];
        values["channel"] = lead["channel"];
        values["channel_id"] = lead["channel_id"];
        values["expected_close_date"] = lead["expected_close_date"];
        values["source_lead_id"] = lead.Id;
        if (lead["value"] is System.Text.Json.Nodes.JsonObject value)
        {
            values["value"] = value["amount"]!.GetValue<double>();
            values["currency"] = value["currency"]!.GetValue<string>();
        }

        if (stage is not null)
        {
            values["stage_id"] = stage;
        }
        else if (pipeline is not null)
        {
            values["pipeline_id"] = pipeline;
        }

        var told = context with { IsUntold = !company.Switches.ConversionTold };
        var deal = ItemWriter.Create(company, EntityKind.Deal, Present(values), told);
        Move(company, "lead_id", lead, "deal_id", deal.Number, context);
        ItemWriter.Delete(company, lead, told);
        return deal;
    }

    public static Item ToLead(PipedriveCompany company, Item deal, CompanyWrite context)
    {
        var values = Custom(company, deal);
        values["title"] = deal["title"];
        values["owner_id"] = deal["owner_id"];
        values["person_id"] = deal["person_id"];
        values["organization_id"] = deal["org_id"];
        values["source_deal_id"] = deal.Number;
        values["source_name"] = "Deal";
        var told = context with { IsUntold = !company.Switches.ConversionTold };
        var lead = ItemWriter.Create(company, EntityKind.Lead, Present(values), told);
        Move(company, "deal_id", deal, "lead_id", lead.Id, context);
        ItemWriter.Delete(company, deal, told);
        return lead;
    }

    /// <summary>The deal that a lead was made into; null while it is a lead.</summary>
    public static Item? DealOf(PipedriveCompany company, string leadId) => company.Table(EntityKind.Deal).Of("source_lead_id", leadId) is [.., var last] ? last : null;

    private static void Move(PipedriveCompany company, string from, Item old, string to, object target, CompanyWrite context)
    {
        foreach (var kind in Moving)
        {
            foreach (var item in company.Table(kind).Of(from, old.Id).ToList())
            {
                ItemWriter.Update(company, item, new Dictionary<string, object?> { [from] = null, [to] = target }, context with { IsUntold = true });
            }
        }
    }

    private static Dictionary<string, object?> Custom(PipedriveCompany company, Item item) =>
        company.Fields.Custom(item.Kind).ToDictionary(field => field.Code, field => item[field.Code], StringComparer.Ordinal);

    private static Dictionary<string, object?> Present(Dictionary<string, object?> values) =>
        values.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
}
