namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Reads <c>outcome: { column, won: [...], lost: [...] }</c>.</summary>
internal static class OutcomeSection
{
    private static readonly string[] Keys = ["column", "won", "lost"];
    private static readonly string[] Won = ["won", "closed won", "customer", "yes", "true", "1", "vundet", "kunde", "ja"];
    private static readonly string[] Lost = ["lost", "closed lost", "no", "false", "0", "tabt", "nej"];

    internal static OutcomeColumn Read(MapReader file)
    {
        var map = file.Map("outcome", Keys);
        var (won, lost) = (Words(map, "won", Won), Words(map, "lost", Lost));
        if (map is not null && won.Overlaps(lost))
            map.Problems.Error(map.At, "A word stands for both won and lost.", "Write 'won:' and 'lost:' out, each word once.");
        return new(map?.Text("column", required: true), won, lost);
    }

    private static HashSet<string> Words(MapReader? map, string key, string[] otherwise) =>
        (map?.Has(key) == true ? map.Texts(key).Select(word => word.Value.Trim()) : otherwise).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
