using System.Globalization;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>A write in Salesforce's words: what is null is emptied, what is absent stays.</summary>
internal static class SalesforceWriteFields
{
    private static readonly Dictionary<string, HandoverFieldType> Types = HandoverFields.Of(withReports: true).ToDictionary(f => f.Name, f => f.Type);

    /// <param name="leftStage">The stage that a conversion left behind: it goes along with the first write, since beside our marker an empty one is one that somebody emptied.</param>
    /// <param name="contact">The fields that contacts have: an org maps what it wants, and what it left out there has no place to go.</param>
    public static Dictionary<string, object?> Of(LeadWrite row, StageMap stages, string? leftStage, SalesforceOptions options, IReadOnlyDictionary<string, SalesforceField> contact)
    {
        var fields = row.Fields.ToDictionary(f => SalesforceFieldNames.Of(f.Key), f => Value(f.Key, f.Value));
        if (row.Step == StageStep.Clear)
            fields[options.StageField] = null;
        else if (Wanted(row, stages) is { } stage)
            fields[options.StageField] = stage;
        else if (leftStage is not null && contact.GetValueOrDefault(options.StageField)?.Takes(leftStage) == true)
            fields[options.StageField] = leftStage;
        if (row.OwnerId is { } owner)
            fields[SalesforceFieldNames.Owner] = owner;
        return SalesforceId.IsContact(row.LeadId) ? fields.Where(f => contact.ContainsKey(f.Key)).ToDictionary() : fields;
    }

    /// <summary>The stage that the row sets; null: none, or the org has no such stage.</summary>
    public static string? Wanted(LeadWrite row, StageMap stages) => row.Step != StageStep.Set ? null : row.StageValue ?? (row.Stage is { } stage ? stages.ValueOf(stage) : null);

    public static Dictionary<string, object?> With(this Dictionary<string, object?> record, Dictionary<string, object?> fields)
    {
        foreach (var (name, value) in fields)
            record[name] = value;
        return record;
    }

    /// <summary>A number is none in quotes, and an instant has at most three digits of a fraction.</summary>
    private static object? Value(string field, string? text) => Types.GetValueOrDefault(field, HandoverFieldType.ShortText) switch
    {
        HandoverFieldType.Number when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        HandoverFieldType.Instant when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) => SalesforceStreams.Text(instant),
        _ => text,
    };
}
