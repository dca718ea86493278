using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>"Became a ... date" and its relatives, read off the history of the stage.</summary>
internal static class StageDate
{
    private static readonly string[] EnteredPrefixes = ["hs_v2_date_entered_", "hs_date_entered_"];
    private const string ExitedPrefix = "hs_v2_date_exited_";

    public static DateTimeOffset? Read(HubSpotSwitches switches, HubSpotRecord record, string property)
    {
        if (!property.StartsWith("hs_", StringComparison.Ordinal))
        {
            return null;
        }

        if (property.StartsWith(ExitedPrefix, StringComparison.Ordinal))
        {
            return Exited(record, property[ExitedPrefix.Length..]);
        }

        return StageOf(property) is { } stage ? Entered(record, stage, switches.StageDates == "latest") : null;
    }

    private static string? StageOf(string property)
    {
        if (property.StartsWith("hs_lifecyclestage_", StringComparison.Ordinal) && property.EndsWith("_date", StringComparison.Ordinal))
        {
            return property["hs_lifecyclestage_".Length..^"_date".Length];
        }

        var prefix = Array.Find(EnteredPrefixes, known => property.StartsWith(known, StringComparison.Ordinal));
        return prefix is null ? null : property[prefix.Length..];
    }

    private static DateTimeOffset? Entered(HubSpotRecord record, string stage, bool latest)
    {
        var entries = record.Versions(LifecycleStages.Property).Where(version => version.Value == stage);
        return latest ? entries.FirstOrDefault()?.At : entries.LastOrDefault()?.At;
    }

    private static DateTimeOffset? Exited(HubSpotRecord record, string stage)
    {
        var versions = record.Versions(LifecycleStages.Property);
        for (var index = 1; index < versions.Count; index++)
        {
            if (versions[index].Value == stage)
            {
                return versions[index - 1].At;
            }
        }

        return null;
    }
}
