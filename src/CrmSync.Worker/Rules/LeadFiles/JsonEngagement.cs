using System.Text.Json;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Reads acts: a list is all there ever were (<c>[]</c>: none); an object <c>{ acts, total, lastAt, completeSince }</c> says what a CRM
/// would know. An act is <c>{ at, count, detail }</c> or its instant alone.
/// </summary>
internal sealed class JsonEngagement(InstantReader instants, JsonProblems problems)
{
    private const int MaxActs = 10_000;
    private const int MaxCount = 1_000_000;
    private const string Always = "always";
    private static readonly string[] Keys = ["acts", "total", "lastAt", "completeSince"];
    private static readonly string[] ActKeys = ["at", "count", "detail"];

    internal FactValue Read(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return Of(new() { Acts = Acts(value, path), CompleteSince = DateTimeOffset.MinValue });
        if (value.ValueKind == JsonValueKind.Object)
            return Known(value, path);
        problems.Add(path, "This must be a list of acts or an object.", "Write [ { \"at\": \"2026-11-20\", \"count\": 3 } ], or { \"total\": 12, \"lastAt\": \"2026-11-20\" }.");
        return FactValue.Unknown;
    }

    private FactValue Known(JsonElement value, string path)
    {
        var engagement = new Engagement();
        foreach (var (name, member) in problems.Members(value, path))
        {
            var at = JsonProblems.Below(path, name);
            if (member.ValueKind == JsonValueKind.Null)
                continue;
            engagement = name switch
            {
                "acts" => engagement with { Acts = Acts(member, at) },
                "total" => engagement with { Total = Whole(member, at, 0, MaxCount * 1000L) },
                "lastAt" => engagement with { LastAt = problems.Instant(member, at, instants) },
                "completeSince" => engagement with { CompleteSince = Since(member, at) },
                _ => Unknown(engagement, name, at, Keys),
            };
        }
        return Of(engagement);
    }

    private List<EngagementAct> Acts(JsonElement value, string path)
    {
        var acts = new List<EngagementAct>();
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxActs)
            problems.Add(path, $"This must be a list of at most {MaxActs} acts.");
        else
            foreach (var (i, item) in value.EnumerateArray().Index())
                if (Act(item, $"{path}[{i}]") is { } act)
                    acts.Add(act);
        // Acts lie oldest first, whatever the order in the file.
        return [.. acts.OrderBy(act => act.At)];
    }

    private EngagementAct? Act(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return problems.Instant(value, path, instants) is { } instant ? new(instant) : null;
        DateTimeOffset? at = null;
        var (count, detail, dated) = (1L, (string?)null, false);
        foreach (var (name, member) in problems.Members(value, path))
        {
            var here = JsonProblems.Below(path, name);
            switch (name)
            {
                case "at": (at, dated) = (problems.Instant(member, here, instants), true); break;
                case "count": count = Whole(member, here, 1, MaxCount) ?? 1; break;
                case "detail": detail = member.ValueKind == JsonValueKind.Null ? null : problems.Text(member, here); break;
                default: Unknown(0, name, here, ActKeys); break;
            }
        }
        if (!dated)
            problems.Add(path, "An act needs 'at'.", "Write { \"at\": \"2026-11-20\" }.");
        return at is { } seen ? new(seen, (int)count, string.IsNullOrWhiteSpace(detail) ? null : detail.Trim()) : null;
    }

    private DateTimeOffset? Since(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(Always) ? DateTimeOffset.MinValue : problems.Instant(value, path, instants);

    private long? Whole(JsonElement value, string path, long least, long most)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        problems.Add(path, $"This must be a whole number from {least} to {most}.");
        return null;
    }

    private T Unknown<T>(T same, string name, string path, string[] known)
    {
        problems.Add(path, "There is no such key.", Spelling.Suggest(name, known));
        return same;
    }

    private static FactValue Of(Engagement engagement) => FactValue.Of(engagement with
    {
        LastAt = engagement.LastAt ?? (engagement.Acts.Count > 0 ? engagement.Acts[^1].At : null),
    });
}
