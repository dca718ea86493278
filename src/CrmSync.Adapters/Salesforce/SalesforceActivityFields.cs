using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>A task or note in Salesforce's words: bodies are plain text there, and a due date has no time of day.</summary>
internal static class SalesforceActivityFields
{
    private const int MostSubject = 255;

    /// <param name="mark">What is to stand under the body; null: nothing.</param>
    public static Dictionary<string, object?> Of(LeadActivity activity, string? mark, SalesforceOptions options)
    {
        var isNote = activity.Kind == ActivityKind.Note;
        var fields = new Dictionary<string, object?>();
        void Set(string name, object? value)
        {
            if (value is not null)
                fields[name] = value;
        }
        Set("Subject", Cut(activity.Title ?? (isNote ? activity.Body?.Split('\n')[0] : null)));
        Set("Description", activity.Body is { } body && mark is not null ? $"{body}\n{mark}" : activity.Body);
        Set("Status", isNote && !activity.ChangesOnly ? options.TaskDone : activity.Completed switch { true => options.TaskDone, false => options.TaskOpen, null => null });
        Set("Priority", activity.Urgent switch { true => "High", false => "Normal", null => null });
        Set("ActivityDate", (activity.DueAt ?? activity.At) is { } day ? SalesforceStreams.Date(day) : null);
        Set("OwnerId", activity.OwnerId);
        if (!activity.ChangesOnly)
            fields["WhoId"] = activity.LeadId;
        return fields;
    }

    /// <summary>The tasks that carry these keys in their field.</summary>
    public static SoqlQuery ByKey(IEnumerable<string> keys) =>
        SoqlQuery.Of(SalesforceActivityKeys.Object, ["Id", SalesforceActivityKeys.Field, "IsClosed", "OwnerId"]) with { Where = SoqlCondition.In(SalesforceActivityKeys.Field, keys) };

    /// <summary>All that hang on these people: bodies can be read and not searched.</summary>
    public static SoqlQuery OfPeople(IEnumerable<string> leadIds) =>
        SoqlQuery.Of(SalesforceActivityKeys.Object, ["Id", "WhoId", "Description", "IsClosed", "OwnerId"]) with { Where = SoqlCondition.In("WhoId", leadIds) };

    private static string? Cut(string? subject) => subject?.Length > MostSubject ? subject[..MostSubject] : subject;
}
