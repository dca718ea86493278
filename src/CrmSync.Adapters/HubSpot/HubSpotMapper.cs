using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.HubSpot;

/// <summary>The border: a contact as HubSpot has it becomes a lead in the product's words.</summary>
internal sealed class HubSpotMapper(string connection, HubSpotFacts facts)
{
    public CrmReading Map(HubSpotObject contact, HubSpotSurroundings around, ReadDepth depth, FactCatalogue catalogue, StageMap stages)
    {
        var stage = contact[HubSpotPropertyNames.Stage] is { Length: > 0 } value ? value : null;
        var company = around.CompanyOf(contact.Id!);
        var lead = new CrmLead
        {
            Ref = new LeadRef(connection, contact.Id!),
            ObjectKind = "contact",
            StageValue = stage,
            Stage = stages.StageOf(stage),
            StageSince = stage is null ? null : StageSince(contact, stage),
            Fields = FieldsOf(contact),
            OwnerId = contact[HubSpotPropertyNames.Owner],
            CompanyId = company?.Id,
            CompanyOwnerId = company?[HubSpotPropertyNames.Owner],
            ContactedAt = HubSpotStreams.Instant(contact[HubSpotPropertyNames.Contacted]),
            CreatedAt = HubSpotStreams.Instant(contact["createdate"] ?? contact.CreatedAt),
            ModifiedAt = HubSpotStreams.Instant(contact["lastmodifieddate"] ?? contact.UpdatedAt),
            FormerIds = [.. HubSpotValues.FormerIds(contact)],
            FormerSince = HubSpotValues.FormerSince(contact),
            Facts = depth.HasFacts() ? facts.Read(contact, around, catalogue) : null,
            StageHistory = HubSpotHistory.Read(contact, HubSpotPropertyNames.Stage),
            AnswerHistory = HubSpotHistory.Read(contact, HandoverFields.Decision),
            CommentHistory = HubSpotHistory.Read(contact, HandoverFields.DecisionText),
            RequestHistory = HubSpotHistory.Read(contact, HandoverFields.Request),
            MarkerSince = HubSpotHistory.Read(contact, HandoverFields.Marker) is [.., { } written] ? written.At : null,
        };
        return new(contact.Id!, CrmReadingKind.Found, lead);
    }

    private static DateTimeOffset? StageSince(HubSpotObject contact, string stage) =>
        HubSpotPropertyNames.DatesOf(stage).Select(property => HubSpotStreams.Instant(contact[property])).FirstOrDefault(date => date is not null);

    private static Dictionary<string, string> FieldsOf(HubSpotObject contact) =>
        HandoverFields.All.Where(f => contact[f.Name] is not null).ToDictionary(f => f.Name, f => contact[f.Name]!);
}
