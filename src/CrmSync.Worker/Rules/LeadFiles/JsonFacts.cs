using System.Text.Json;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Reads the facts of a JSON lead, each by the type that the catalogue gives it. <c>null</c> is unknown.</summary>
internal sealed class JsonFacts(FactCatalogue catalogue, InstantReader instants, JsonProblems problems)
{
    private readonly JsonEngagement _engagement = new(instants, problems);

    internal LeadFacts Read(IEnumerable<(string Name, JsonElement Value)> members, string path)
    {
        var builder = new LeadFacts.Builder(catalogue);
        foreach (var (name, value) in members)
        {
            var at = JsonProblems.Below(path, name);
            if (catalogue.Find(name) is not { } fact)
                problems.Add(at, "There is no such fact.", Spelling.Suggest(name, [.. catalogue.Definitions.Select(definition => definition.Name)]));
            else if (value.ValueKind != JsonValueKind.Null)
                builder.Set(name, Value(fact.Type, value, at));
        }
        return DerivedFacts.Fill(builder.Build());
    }

    private FactValue Value(FactType type, JsonElement value, string path) => type switch
    {
        FactType.Text => FactValue.Of(problems.Text(value, path)),
        FactType.Number => FactValue.Of(Number(value, path)),
        FactType.Flag => FactValue.Of(Flag(value, path)),
        FactType.Instant => FactValue.Of(problems.Instant(value, path, instants)),
        FactType.Choices => FactValue.Of(Choices(value, path)),
        FactType.Bant => FactValue.Of(Bant(value, path)),
        _ => _engagement.Read(value, path),
    };

    private decimal? Number(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Number)
            problems.Add(path, "This must be a number.", "Write it without quotes.");
        else if (value.TryGetDecimal(out var number))
            return number;
        else
            problems.Add(path, "The number is larger than any fact can hold.");
        return null;
    }

    private bool? Flag(JsonElement value, string path)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        problems.Add(path, "This must be true or false.", "Write it without quotes.");
        return null;
    }

    private List<string> Choices(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return problems.Text(value, path) is { Length: > 0 } one ? [one] : [];
        var choices = new List<string>();
        foreach (var (i, item) in value.EnumerateArray().Index())
            if (problems.Text(item, $"{path}[{i}]") is { } choice && !string.IsNullOrWhiteSpace(choice))
                choices.Add(choice.Trim());
        return choices;
    }

    private BantAnswer Bant(JsonElement value, string path)
    {
        switch (problems.Text(value, path))
        {
            case "met": return BantAnswer.Met;
            case "notMet": return BantAnswer.NotMet;
            case "unknown" or null: return BantAnswer.Unknown;
            default:
                problems.Add(path, "This must be met, notMet or unknown.");
                return BantAnswer.Unknown;
        }
    }
}
