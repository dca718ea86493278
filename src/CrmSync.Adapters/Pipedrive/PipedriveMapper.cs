using System.Globalization;
using CrmSync.Adapters.Values;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>What a reading needs to know beside the records: facts, fields, stages, and who is nobody.</summary>
internal sealed record PipedriveWish(
    ReadDepth Depth, FactCatalogue Catalogue, StageMap Stages, PipedriveFieldBook Book, string? Machine, IReadOnlyDictionary<string, IReadOnlyList<PipedriveSource>> Sources)
{
    /// <summary>Custom fields that records told of, and that the book does not know.</summary>
    public HashSet<string> Strange { get; } = new(StringComparer.Ordinal);
}

/// <summary>The border: a lead or deal as Pipedrive has it becomes a lead in the product's words.</summary>
internal sealed class PipedriveMapper(string connection, PipedriveOptions options, PipedriveFacts facts)
{
    public CrmReading Map(PipedriveRecord record, bool isDeal, PipedriveSurroundings around, PipedriveWish wish)
    {
        var (stage, since, isOfDeal) = StageOf(record, isDeal, wish);
        var created = PipedriveStreams.Instant(record["add_time"]);
        var marker = wish.Book.Of(HandoverFields.Marker)?.FieldCode;
        FieldChange[]? HistoryOf(string? code, Func<string, string?> value) => around.History is null ? null : [.. around.History.Of(code, created, value)];

        return new(record.Id!, CrmReadingKind.Found, new CrmLead
        {
            Ref = new LeadRef(connection, record.Id!),
            ObjectKind = isDeal ? "deal" : "lead",
            StageValue = stage,
            HasStageOfDeal = isOfDeal,
            Stage = wish.Stages.StageOf(stage),
            StageSince = since ?? around.History?.Since(wish.Book.Stage?.FieldCode, stage),
            Fields = FieldsOf(record, wish.Book),
            OwnerId = OwnerOf(record, wish.Machine),
            CompanyId = around.Organization?.Id,
            CompanyOwnerId = around.Organization is { } organization ? OwnerOf(organization, wish.Machine) : null,
            ContactedAt = PipedriveContacts.LastOf(around),
            CreatedAt = created,
            ModifiedAt = PipedriveStreams.Instant(record["update_time"]),
            OwnDeal = isDeal ? DealOf(record) : null,
            FormerIds = record[isDeal ? PipedriveConversions.Source : PipedriveConversions.SourceDeal] is { } former ? [former] : [],
            Facts = wish.Depth.HasFacts() ? facts.Read(record, isDeal, around, wish.Catalogue, wish.Sources) : null,
            StageHistory = HistoryOf(wish.Book.Stage?.FieldCode, v => v),
            AnswerHistory = HistoryOf(wish.Book.Of(HandoverFields.Decision)?.FieldCode, id => wish.Book.ValueOf(HandoverFields.Decision, id)),
            CommentHistory = HistoryOf(wish.Book.Of(HandoverFields.DecisionText)?.FieldCode, v => v),
            RequestHistory = HistoryOf(wish.Book.Of(HandoverFields.Request)?.FieldCode, id => wish.Book.ValueOf(HandoverFields.Request, id)),
            MarkerSince = marker is null ? null : around.History?.Since(marker, record[marker]),
        });
    }

    /// <summary>
    /// The stage field, unless the deal has brought the lead further: then its stage, as the field would say it. When the field itself
    /// was set only history tells.
    /// </summary>
    private (string? Value, DateTimeOffset? Since, bool IsOfDeal) StageOf(PipedriveRecord record, bool isDeal, PipedriveWish wish)
    {
        var own = wish.Book.Stage?.FieldCode is { } code ? record[code] : null;
        if (!isDeal)
            return (own, null, false);
        var isWon = record["status"] == "won";
        return wish.Stages.ValueOf(isWon ? LifecycleStage.Customer : options.ConvertedStage) is { } value && value != own && !wish.Stages.IsBackwards(own, value)
            ? (value, PipedriveStreams.Instant(isWon ? record["won_time"] ?? record["stage_change_time"] : record["add_time"]), true)
            : (own, null, false);
    }

    private static OwnDeal? DealOf(PipedriveRecord deal) => deal["status"] switch
    {
        "open" => new(DealStanding.Open, PipedriveStreams.Instant(deal["add_time"])),
        "won" => new(DealStanding.Won, PipedriveStreams.Instant(deal["won_time"])),
        "lost" => new(DealStanding.Lost, PipedriveStreams.Instant(deal["lost_time"])),
        _ => null,
    };

    /// <summary>A record always has an owner: one that we or an import made belongs to a machine, and to no person who could answer.</summary>
    private static string? OwnerOf(PipedriveRecord record, string? machine) => record["owner_id"] is { } id && id != machine ? id : null;

    private static Dictionary<string, string> FieldsOf(PipedriveRecord record, PipedriveFieldBook book)
    {
        var fields = new Dictionary<string, string>();
        foreach (var field in HandoverFields.Of(withReports: true))
            if (ValueOf(field, record, book) is { } value)
                fields[field.Name] = value;
        return fields;
    }

    /// <summary>A hand-over field as it was sent; null when empty, or when the account has none.</summary>
    public static string? ValueOf(HandoverField field, PipedriveRecord record, PipedriveFieldBook book) =>
        book.Of(field.Name)?.FieldCode is { } code && record[code] is { } raw ? Plain(field, raw, book) : null;

    /// <summary>As it was sent. An option of the account's own making is told by its id: it is no answer, and yet the field is not empty.</summary>
    private static string Plain(HandoverField field, string raw, PipedriveFieldBook book) => field.Type switch
    {
        HandoverFieldType.List => book.ValueOf(field.Name, raw) ?? raw,
        HandoverFieldType.Number => RawValues.Number(raw)?.ToString("0.############", CultureInfo.InvariantCulture) ?? raw,
        _ => raw.Replace("\r\n", "\n", StringComparison.Ordinal),
    };
}
