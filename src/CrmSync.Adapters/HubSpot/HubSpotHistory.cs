namespace CrmSync.Adapters.HubSpot;

/// <summary>Property history, oldest first, with who made each change.</summary>
internal static class HubSpotHistory
{
    private const string Merge = "MERGE_OBJECTS";
    private static readonly HashSet<string> ByPeople = ["CRM", "CONTACTS_WEB", "MOBILE_IOS", "MOBILE_ANDROID", "SALES", "TASK"];
    private static readonly HashSet<string> ByIntegrations = ["INTEGRATION", "API", "INTEGRATIONS_PLATFORM", "PUBLIC_API"];
    private static readonly string[] WorkflowPrefixes = ["AUTOMATION", "WORKFLOW"];
    private static readonly HashSet<string> ByMachines =
        ["FORM", "CALCULATED", Merge, "DEALS", "COMPANIES", "ANALYTICS", "EMAIL", "MEETINGS", "BOT", "SYNC", "ACADEMY"];

    public static IReadOnlyList<FieldChange>? Read(HubSpotObject contact, string property)
    {
        if (contact.PropertiesWithHistory is not { } all)
            return null;
        var versions = all.GetValueOrDefault(property) ?? [];
        return [.. Sorted(versions).Select(v => new FieldChange(v.Version.Value?.Length > 0 ? v.Version.Value : null, v.At, ActorOf(v.Version)))];
    }

    public static IEnumerable<(HubSpotVersion Version, DateTimeOffset At)> Sorted(IEnumerable<HubSpotVersion> versions) =>
        versions
            .Select(v => (Version: v, At: HubSpotStreams.Instant(v.Timestamp) ?? default))
            .Where(v => v.At != default)
            // HubSpot tells the newest first; of two in one millisecond the order told is all there is to go by.
            .Reverse()
            .OrderBy(v => v.At);

    /// <summary>Copied from a record that was merged into this one, and not done now.</summary>
    public static bool IsByMerge(HubSpotVersion version) => string.Equals(version.SourceType, Merge, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// An open set of words. What a person did in the CRM is a person's; imports, forms, syncs and calculations are
    /// nobody's answer, so they count as automation; a word we do not know stays unknown.
    /// </summary>
    private static ChangeActor ActorOf(HubSpotVersion version)
    {
        var source = version.SourceType?.ToUpperInvariant() ?? "";
        if (ByPeople.Contains(source) || source.StartsWith("CRM_UI", StringComparison.Ordinal))
            return new(ChangeActorKind.Person, UserOf(version));
        if (ByIntegrations.Contains(source))
            return new(ChangeActorKind.Integration, version.SourceId);
        if (WorkflowPrefixes.Any(p => source.StartsWith(p, StringComparison.Ordinal)))
            return new(ChangeActorKind.Workflow, source);
        if (ByMachines.Contains(source) || source.StartsWith("IMPORT", StringComparison.Ordinal))
            return new(ChangeActorKind.Automation, source);
        return ChangeActor.Unknown;
    }

    private static string? UserOf(HubSpotVersion version) =>
        version.UpdatedByUserId ?? (version.SourceId is { } id && id.StartsWith("userId:", StringComparison.Ordinal) ? id["userId:".Length..] : null);
}
