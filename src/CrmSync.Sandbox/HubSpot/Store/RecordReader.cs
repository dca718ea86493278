using System.Globalization;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Values of a record as HubSpot shows them: kept ones, and those it works out.</summary>
internal static class RecordReader
{
    /// <summary>Null for an empty value.</summary>
    public static string? Read(Portal portal, HubSpotRecord record, RecordState state, string property)
    {
        if (property == record.Type.ModifiedProperty)
        {
            return Instants.Format(state.UpdatedAt);
        }

        if (property is "createdate" or "hs_createdate" && portal.Schema(record.Type).Find(property) is not null)
        {
            return state.Values.Get(property) ?? Instants.Format(record.CreatedAt);
        }

        return property switch
        {
            "hs_object_id" => record.IdText,
            "hs_object_source" => record.Creator.SourceType,
            "hs_object_source_id" => record.Creator.SourceId,
            "hs_object_source_label" => record.Creator.SourceType,
            _ when state.Values.Get(property) is { } kept => kept,
            _ when StageDate.Read(portal.Switches, record, property) is { } date => Instants.Format(date),
            _ when record.Type == ObjectType.Contact => ReadContact(record, state, property),
            _ when record.Type == ObjectType.Deal => ReadDeal(portal, state, property),
            _ when property == "num_associated_deals" => Count(record, ObjectType.Deal),
            "num_associated_contacts" => Count(record, ObjectType.Contact),
            _ => null,
        };
    }

    private static string? ReadContact(HubSpotRecord record, RecordState state, string property) => property switch
    {
        "hs_all_contact_vids" => record.IdText,
        "hs_email_domain" => state.Values.Get("email")?.Split('@')[^1],
        "hs_is_contact" => "true",
        "hs_is_unworked" => state.Values.Get("notes_last_contacted") is null ? "true" : "false",
        "hs_marketable_status" => "false",
        "hs_pipeline" => LifecycleStages.ContactsPipeline,
        "associatedcompanyid" => PrimaryCompany(record),
        "num_associated_deals" => Count(record, ObjectType.Deal),
        _ => null,
    };

    private static string? ReadDeal(Portal portal, RecordState state, string property)
    {
        var stage = portal.DealStage(state.Values.Get("dealstage"));
        return property switch
        {
            "hs_is_closed" => Text(stage is { IsWon: true } or { IsLost: true }),
            "hs_is_closed_won" => Text(stage is { IsWon: true }),
            "hs_is_closed_lost" => Text(stage is { IsLost: true }),
            _ => null,
        };
    }

    private static string? PrimaryCompany(HubSpotRecord record)
    {
        var primary = record.Links?.Find(link => link.To == ObjectType.Company && link.Types.Contains(1));
        return primary?.ToId.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Count(HubSpotRecord record, ObjectType type)
    {
        var count = record.Links?.Count(link => link.To == type) ?? 0;
        return count == 0 ? null : count.ToString(CultureInfo.InvariantCulture);
    }

    private static string Text(bool value) => value ? "true" : "false";
}
