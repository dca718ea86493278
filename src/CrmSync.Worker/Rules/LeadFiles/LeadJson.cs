using System.Text.Json;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>One lead as a file tells it. <paramref name="At"/>: the instant of judgement, if it names one.</summary>
internal sealed record JsonLead(DateTimeOffset? At, LeadFacts Facts);

/// <summary>
/// Reads a lead from JSON: <c>{ "at": ..., "facts": { "company.employees": 120, ... } }</c>, or the facts beside <c>at</c>. All that is
/// wrong is told at once, by path.
/// </summary>
internal static class LeadJson
{
    internal const int MaxBytes = 1024 * 1024;
    private const int MaxDepth = 8;
    private const string At = "at", Facts = "facts";

    /// <exception cref="LeadFileException">The file is not there, or not such a lead.</exception>
    internal static JsonLead Load(string path, FactCatalogue catalogue, TimeZoneInfo zone) => Read(SmallFile.Read(path, MaxBytes), path, catalogue, zone);

    /// <summary>Reads bytes under a name that problems will carry.</summary>
    /// <exception cref="LeadFileException">This is not such a lead.</exception>
    internal static JsonLead Read(byte[] bytes, string name, FactCatalogue catalogue, TimeZoneInfo zone)
    {
        var text = YamlBytes.Text(bytes) ?? throw new LeadFileException(LeadFileFault.Data, name, "The file is not UTF-8.", "Save it as UTF-8.");
        using var document = Parse(text, name);
        var problems = new JsonProblems(name);
        var instants = new InstantReader(zone, []);
        var lead = Root(document.RootElement, new JsonFacts(catalogue, instants, problems), instants, problems);
        problems.ThrowIfAny();
        return lead;
    }

    private static JsonDocument Parse(string text, string name)
    {
        try
        {
            return JsonDocument.Parse(text, new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            var where = broken is JsonException { LineNumber: { } line, BytePositionInLine: { } column } ? $"{name}:{line + 1}:{column + 1}" : name;
            throw new LeadFileException(LeadFileFault.Data, where, "This is not JSON.", $"Check quotes, commas and brackets near here; at most {MaxDepth} levels.");
        }
    }

    private static JsonLead Root(JsonElement root, JsonFacts facts, InstantReader instants, JsonProblems problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add("", "A lead must be an object.", "Write { \"facts\": { ... } }.");
            return new(null, facts.Read([], ""));
        }
        var members = problems.Members(root, "").ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        var at = members.Remove(At, out var judged) ? Instant(judged, instants, problems) : null;
        if (!members.Remove(Facts, out var inside))
            return new(at, facts.Read(members.Select(member => (member.Key, member.Value)), ""));
        foreach (var other in members.Keys)
            problems.Add(JsonProblems.Below("", other), "Beside 'facts' only 'at' is known.", "Move it into 'facts'.");
        if (inside.ValueKind == JsonValueKind.Object)
            return new(at, facts.Read(problems.Members(inside, Facts), Facts));
        problems.Add(Facts, "This must be an object.", "Write \"facts\": { \"company.employees\": 120 }.");
        return new(at, facts.Read([], Facts));
    }

    private static DateTimeOffset? Instant(JsonElement value, InstantReader instants, JsonProblems problems)
    {
        if (value.ValueKind == JsonValueKind.Null || problems.Text(value, At) is not { } text)
            return null;
        var instant = instants.Parse(text);
        if (instant is null)
            problems.Add(At, $"This must be {InstantReader.Expected}.");
        return instant;
    }
}
