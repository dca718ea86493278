using System.Globalization;
using CrmSync.Adapters.Values;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>The border: a lead or contact as Salesforce has it becomes a lead in the product's words.</summary>
internal sealed class SalesforceMapper(string connection, SalesforceOptions options, SalesforceFacts facts)
{
    private const string User = "005";

    /// <summary>The fields in which sales answer.</summary>
    public static IReadOnlyList<string> Words { get; } = [SalesforceFieldNames.Of(HandoverFields.Decision), SalesforceFieldNames.Of(HandoverFields.DecisionText)];

    /// <param name="machines">Users who are nobody, by the key of their id.</param>
    public CrmReading Map(
        SalesforceRecord record, SalesforceFieldPlan plan, SalesforceSurroundings around, ReadDepth depth, FactCatalogue catalogue, StageMap stages, IReadOnlySet<string> machines)
    {
        var (stage, since, isOfDeal) = StageOf(record, plan, around, stages);
        var created = SalesforceStreams.Instant(record["CreatedDate"]);
        FieldChange[]? HistoryOf(string field) => around.History is null ? null : [.. around.History.Of(field, created)];

        var marker = SalesforceFieldNames.Of(HandoverFields.Marker);
        return new(record.Id!, CrmReadingKind.Found, new CrmLead
        {
            Ref = new LeadRef(connection, record.Id!),
            ObjectKind = plan.IsContact ? "contact" : "lead",
            StageValue = stage,
            HoldsStage = !plan.IsContact || record.Has(options.StageField),
            HasStageOfDeal = isOfDeal,
            Stage = stages.StageOf(stage),
            StageSince = since ?? around.History?.Since(options.StageField, stage),
            Fields = FieldsOf(record, around.Frozen),
            OwnerId = OwnerOf(record[SalesforceFieldNames.Owner], machines),
            CompanyId = plan.AccountId is { } account ? record[account] : null,
            CompanyOwnerId = plan.AccountOwner is { } path ? OwnerOf(record[path], machines) : null,
            ContactedAt = around.Tasks is { } tasks ? SalesforceContacts.LastOf(tasks) : null,
            CreatedAt = created,
            ModifiedAt = SalesforceStreams.Instant(record[SalesforceStreams.Stamp]),
            FormerIds = around.FormerIds,
            FormerSince = around.FormerSince,
            Deals = plan.IsContact && around.KnowsDeals ? around.Deals.All : null,
            Facts = depth.HasFacts() ? facts.Read(record, plan, around, catalogue) : null,
            StageHistory = HistoryOf(options.StageField),
            AnswerHistory = HistoryOf(SalesforceFieldNames.Of(HandoverFields.Decision)),
            CommentHistory = HistoryOf(SalesforceFieldNames.Of(HandoverFields.DecisionText)),
            RequestHistory = HistoryOf(SalesforceFieldNames.Of(HandoverFields.Request)),
            MarkerSince = around.History?.Since(marker, record[marker]),
        });
    }

    /// <summary>
    /// The stage field, unless an opportunity has brought the lead further: then its stage, as the field would say it. When the
    /// field itself was set only history tells.
    /// </summary>
    private (string? Value, DateTimeOffset? Since, bool IsOfDeal) StageOf(SalesforceRecord record, SalesforceFieldPlan plan, SalesforceSurroundings around, StageMap stages)
    {
        var own = record[options.StageField] ?? LeftStage(record, plan, around);
        return around.Deals.Reached(around.LeadMadeAt) is { } reached && stages.ValueOf(reached.Stage) is { } value && value != own && !stages.IsBackwards(own, value)
            ? (value, reached.Since, true)
            : (own, null, false);
    }

    /// <summary>
    /// The stage that the conversion left behind: one that does not bring our fields along leaves the contact's empty, and nobody has
    /// emptied it. Where our marker stands it was brought, or went along with our first write (<see cref="SalesforceWriteFields"/>), if
    /// the contact's field has a place for it.
    /// </summary>
    public string? LeftStage(SalesforceRecord record, SalesforceFieldPlan plan, SalesforceSurroundings around) =>
        record[options.StageField] is null
            && !(record.Has(options.StageField) && record[SalesforceFieldNames.Of(HandoverFields.Marker)] is not null && plan.Stage?.Takes(around.FrozenStage) != false) ? around.FrozenStage : null;

    /// <summary>Neither a queue nor a machine is a person who could answer.</summary>
    private static string? OwnerOf(string? id, IReadOnlySet<string> machines) =>
        id is not null && id.StartsWith(User, StringComparison.Ordinal) && !machines.Contains(SalesforceId.Key(id)) ? id : null;

    /// <summary>
    /// The record's own; and the words of sales that a conversion left behind, which nobody finds there any more. Our first write, which
    /// brings the marker, follows them: from then on they are silent, so that none of them answers a later offer. Where there is no place for
    /// a marker nothing would silence them.
    /// </summary>
    private static Dictionary<string, string> FieldsOf(SalesforceRecord record, SalesforceRecord? frozen)
    {
        var fields = new Dictionary<string, string>();
        var marker = SalesforceFieldNames.Of(HandoverFields.Marker);
        var left = record.Has(marker) && record[marker] is null && record[Words[0]] is null ? frozen : null;
        foreach (var field in HandoverFields.All)
        {
            var name = SalesforceFieldNames.Of(field.Name);
            if ((record[name] ?? (Words.Contains(name) ? left?[name] : null)) is { } raw)
                fields[field.Name] = Plain(field.Type, raw);
        }
        return fields;
    }

    /// <summary>As it was sent: a whole number comes back with a point, and line ends as a browser writes them.</summary>
    private static string Plain(HandoverFieldType type, string raw) => type switch
    {
        HandoverFieldType.Number => RawValues.Number(raw)?.ToString("0.############", CultureInfo.InvariantCulture) ?? raw,
        HandoverFieldType.Instant => SalesforceStreams.Instant(raw) is { } at ? SalesforceStreams.Text(at) : raw,
        _ => raw.Replace("\r\n", "\n", StringComparison.Ordinal),
    };
}
