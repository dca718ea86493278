namespace CrmSync.Adapters.HubSpot;

internal enum EventUse
{
    Used,
    Ignored,
    Bad,
}

/// <summary>Which records an event is about. It says nothing of what became of them: they are read again anyway.</summary>
internal static class HubSpotEventHints
{
    public static EventUse Add(in HubSpotEvent e, string? accountId, List<WebhookHint> hints)
    {
        if (e.IsBad || e.Type is null || e.Portal is null || e.OccurredAt is null)
            return EventUse.Bad;
        if (accountId is not null && e.Portal != accountId)
            return EventUse.Ignored;
        var dot = e.Type.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || StreamOf(e.Type.AsSpan(0, dot), e.ObjectType) is not { } stream)
            return EventUse.Ignored;
        return e.Type.AsSpan(dot + 1) switch
        {
            "creation" or "deletion" or "restore" or "propertyChange" or "privacyDeletion" => Single(e, stream, e.Object, hints),
            "merge" => Merge(e, stream, hints),
            "associationChange" => Association(e, hints),
            _ => EventUse.Ignored,
        };
    }

    private static string? StreamOf(ReadOnlySpan<char> kind, string? objectType) => kind switch
    {
        "contact" => HubSpotStreams.Contacts,
        "company" => HubSpotStreams.Companies,
        "deal" => HubSpotStreams.Deals,
        "object" => objectType switch
        {
            "0-1" => HubSpotStreams.Contacts,
            "0-2" => HubSpotStreams.Companies,
            "0-3" => HubSpotStreams.Deals,
            _ => null,
        },
        _ => null,
    };

    private static EventUse Single(in HubSpotEvent e, string stream, string? id, List<WebhookHint> hints)
    {
        if (id is null)
            return EventUse.Bad;
        // The number of the attempt is left out: a repeated delivery is the same event. Time comes first, so that keys grow:
        // the index that tells repetitions then gets each commit's keys at its end instead of all over.
        hints.Add(new(stream, id, $"{e.OccurredAt}|{e.Event}|{e.Portal}|{e.Type}|{id}"));
        return EventUse.Used;
    }

    /// <summary>Winner, losers, and the third id that a merge may make.</summary>
    private static EventUse Merge(in HubSpotEvent e, string stream, List<WebhookHint> hints)
    {
        var ids = new HashSet<string>(e.Merged ?? []);
        foreach (var id in new[] { e.Primary, e.New, e.Object })
            if (id is not null and not "0")
                ids.Add(id);
        foreach (var id in ids)
            Single(e, stream, id, hints);
        return ids.Count > 0 ? EventUse.Used : EventUse.Bad;
    }

    private static EventUse Association(in HubSpotEvent e, List<WebhookHint> hints)
    {
        if (e.Association is not { } type)
            return EventUse.Bad;
        if (type.StartsWith("CONTACT_TO_", StringComparison.Ordinal))
            return Single(e, HubSpotStreams.Contacts, e.From, hints);
        return type.EndsWith("_TO_CONTACT", StringComparison.Ordinal) ? Single(e, HubSpotStreams.Contacts, e.To, hints) : EventUse.Ignored;
    }
}
