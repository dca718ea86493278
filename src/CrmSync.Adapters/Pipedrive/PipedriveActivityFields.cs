namespace CrmSync.Adapters.Pipedrive;

/// <summary>A task or note in Pipedrive's words. Bodies are shown as HTML there: what a person wrote must not act as such.</summary>
internal static class PipedriveActivityFields
{
    public const string Body = "note";
    public const string NoteBody = "content";
    /// <summary>How the mark of a task begins.</summary>
    public const string TaskMark = "[task/";
    private const string Task = "task";

    /// <summary>What stands under a body, since there is no field for it; in brackets, as one key may be the beginning of another.</summary>
    public static string Mark(string key) => $"[{key}]";

    public static Dictionary<string, object?> Of(LeadActivity activity)
    {
        var fields = new Dictionary<string, object?>();
        void Set(string name, object? value)
        {
            if (value is not null)
                fields[name] = value;
        }
        var isTask = activity.Kind == ActivityKind.Task;
        Set(isTask ? Body : NoteBody, Html(activity));
        if (isTask)
        {
            Set("subject", activity.Title);
            Set("done", activity.Completed);
            Set("owner_id", activity.OwnerId is { } owner ? PipedriveWriteFields.Option(owner) : null);
            Set("due_date", activity.DueAt is { } due ? PipedriveStreams.Date(due) : null);
            Set("due_time", activity.DueAt is { } time ? PipedriveStreams.Time(time) : null);
        }
        if (activity.ChangesOnly)
            return fields;
        Set("type", isTask ? Task : null);
        Set("add_time", !isTask && activity.At is { } at ? PipedriveStreams.Plain(at) : null);
        if (PipedriveStreams.IsDeal(activity.LeadId))
            Set("deal_id", PipedriveWriteFields.Option(activity.LeadId));
        else
            Set("lead_id", activity.LeadId);
        return fields;
    }

    private static string? Html(LeadActivity activity) => activity.Body is null
        ? null
        : string.Join("<br>", activity.Body.Split('\n').Append(Mark(activity.Key)).Select(Escaped));

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
