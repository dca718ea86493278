namespace CrmSync.Adapters.Pipedrive;

/// <summary>What a deal's change log tells, oldest first. Leads have none.</summary>
internal sealed class PipedriveHistory(IEnumerable<PipedriveRecord> entries, string? ourUser)
{
    private const string ByApi = "api";
    private readonly List<PipedriveRecord> _entries = [.. OldestFirst([.. entries])];

    /// <summary>The values of a field, as <paramref name="value"/> makes them; what it held before the first entry counts from the record's creation.</summary>
    public IReadOnlyList<FieldChange> Of(string? code, DateTimeOffset? created, Func<string, string?> value)
    {
        var changes = new List<FieldChange>();
        foreach (var entry in _entries.Where(e => code is not null && e["field_key"] == code))
        {
            if (PipedriveStreams.Instant(entry["time"]) is not { } at)
                continue;
            if (changes.Count == 0 && entry["old_value"] is { } before && created is { } since)
                changes.Add(new(value(before), since < at ? since : at, ChangeActor.Unknown));
            changes.Add(new(entry["new_value"] is { } now ? value(now) : null, at, ActorOf(entry)));
        }
        return changes;
    }

    /// <summary>When the value that stands was written; null where no entry tells.</summary>
    public DateTimeOffset? Since(string? code, string? value) => Of(code, null, v => v) is [.., var last] && last.Value == value ? last.At : null;

    /// <summary>Several changes share a second, within which only the place in the list tells.</summary>
    private static IEnumerable<PipedriveRecord> OldestFirst(List<PipedriveRecord> listed)
    {
        if (listed.Count > 1 && !(PipedriveStreams.Instant(listed[0]["time"]) < PipedriveStreams.Instant(listed[^1]["time"])))
            listed.Reverse();
        return listed.OrderBy(e => PipedriveStreams.Instant(e["time"]));
    }

    /// <summary>A change over the API is ours or another app's; one by hand a person's, also where the token is his.</summary>
    private ChangeActor ActorOf(PipedriveRecord entry) => entry["actor_user_id"] switch
    {
        null => ChangeActor.Unknown,
        var id when entry["change_source"] == ByApi || (entry["change_source"] is null && id == ourUser) => new(ChangeActorKind.Integration, id),
        _ when entry["change_source"] == "workflow" => new(ChangeActorKind.Workflow),
        var id => new(ChangeActorKind.Person, id),
    };
}
