namespace CrmSync.Adapters.HubSpot;

/// <summary>Property history, oldest first, with who made each change.</summary>
internal static class HubSpotHistory
{
    public static IReadOnlyList<FieldChange>? Read(HubSpotObject contact, string property)
    {
        if (contact.PropertiesWithHistory is not { } all)
            return null;
        var versions = all.GetValueOrDefault(property) ?? [];
        return [.. Sorted(versions).Select(v => new FieldChange(v.Version.Value?.Length > 0 ? v.Version.Value : null, v.At, ActorOf(v.Version)))];
    }

    public static IEnumerable<(HubSpotVersion Version, DateTimeOffset At)> Sorted(IEnumerable<HubSpotVersion> versions) =>
        versions.Select(v => (Version: v, At: HubSpotStreams.Instant(v.Timestamp))).Where(v => v.At is not null).Select(v => (v.Version, v.At!.Value)).OrderBy(v => v.Item2);

    /// <summary>
    /// An open set of words. What a person did in the CRM is a person's; imports, forms, syncs and calculations are
    /// nobody's answer, so they count as automation; a word we do not know stays unknown.
    /// </summary>
    private static ChangeActor ActorOf(HubSpotVersion version)
    {
        var source = version.SourceType?.ToUpperInvariant() ?? "";
        if (source.StartsWith("CRM_UI", StringComparison.Ordinal) || source is "CRM" or "CONTACTS_WEB" or "MOBILE_IOS" or "MOBILE_ANDROID" or "SALES" or "TASK")
            return new(ChangeActorKind.Person, UserOf(version));
        if (source is "INTEGRATION" or "API" or "INTEGRATIONS_PLATFORM" or "PUBLIC_API")
            return new(ChangeActorKind.Integration, version.SourceId);
        if (source.StartsWith("AUTOMATION", StringComparison.Ordinal) || source.StartsWith("WORKFLOW", StringComparison.Ordinal) || source.StartsWith("IMPORT", StringComparison.Ordinal)
            || source is "FORM" or "CALCULATED" or "MERGE_OBJECTS" or "DEALS" or "COMPANIES" or "ANALYTICS" or "EMAIL" or "MEETINGS" or "BOT" or "SYNC" or "ACADEMY")
            return new(ChangeActorKind.Automation, source);
        return ChangeActor.Unknown;
    }

    private static string? UserOf(HubSpotVersion version) =>
        version.UpdatedByUserId ?? (version.SourceId is { } id && id.StartsWith("userId:", StringComparison.Ordinal) ? id["userId:".Length..] : null);
}
