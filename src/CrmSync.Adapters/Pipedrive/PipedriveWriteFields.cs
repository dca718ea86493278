using System.Globalization;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>A write in Pipedrive's words: keys for names, ids for options. What is null is emptied, what is absent stays.</summary>
internal static class PipedriveWriteFields
{
    private const string NoField = "field-missing";
    private const string NoOption = "option-missing";
    private static readonly Dictionary<string, HandoverField> Fields = HandoverFields.Of(withReports: true).ToDictionary(f => f.Name);
    private static readonly HashSet<string> Needed = [.. HandoverFields.Of(withReports: false).Select(f => f.Name)];

    public static HandoverField Of(string name) => Fields[name];

    /// <summary>Something that the account lacks, which is no single row's matter.</summary>
    public static bool IsOfAccount(string? problem) =>
        problem is not null && (problem.StartsWith(NoField, StringComparison.Ordinal) || problem.StartsWith(NoOption, StringComparison.Ordinal));

    /// <summary>The custom fields of a row, and what of it the account cannot hold; then nothing of it may be sent.</summary>
    public static (Dictionary<string, object?> Custom, string? Problem) Of(LeadWrite row, StageMap stages, PipedriveFieldBook book)
    {
        var custom = new Dictionary<string, object?>();
        foreach (var (name, text) in row.Fields)
        {
            if (book.Of(name)?.FieldCode is not { } code)
            {
                if (Needed.Contains(name))
                    return (custom, $"{NoField} {name}");
                continue; // no decision waits for what is there for reports alone
            }
            if (text is not null && Fields.GetValueOrDefault(name)?.Type == HandoverFieldType.List && book.IdOf(name, text) is null)
                return (custom, Fields[name].Options.Any(o => o.Value == text) ? $"{NoOption} {name}" : $"unknown-value {name}");
            custom[code] = Value(name, text, book);
        }
        if (row.Step == StageStep.Keep)
            return (custom, null);
        if (book.Stage?.FieldCode is not { } stage)
            return (custom, $"{NoField} stage");
        if (row.Step == StageStep.Clear)
            custom[stage] = null;
        else if (Wanted(row, stages) is { } wanted)
            custom[stage] = Option(wanted);
        return (custom, null);
    }

    /// <summary>The stage that the row sets; null: none, or the account has no such stage.</summary>
    public static string? Wanted(LeadWrite row, StageMap stages) => row.Step != StageStep.Set ? null : row.StageValue ?? (row.Stage is { } stage ? stages.ValueOf(stage) : null);

    /// <summary>Ids of people and options are numbers; what is none is sent as it is, and refused.</summary>
    public static object Option(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : id;

    private static object? Value(string name, string? text, PipedriveFieldBook book) => (text, Fields.GetValueOrDefault(name)?.Type) switch
    {
        (null, _) => null,
        (_, HandoverFieldType.List) => Option(book.IdOf(name, text)!),
        (_, HandoverFieldType.Number) when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
