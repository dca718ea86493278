using System.Globalization;

namespace CrmSync.Adapters.HubSpot;

/// <summary>A task or note in HubSpot's words. Bodies are shown as HTML there: what a person wrote must not act as such.</summary>
internal static class HubSpotActivityProperties
{
    public const string Status = "hs_task_status";
    public const string Completed = "COMPLETED";
    private const string Body = "hs_task_body";
    private const string NoteBody = "hs_note_body";
    private const string At = "hs_timestamp";

    /// <summary>What is read back.</summary>
    public static IReadOnlyList<string> Read(string type) =>
        [HubSpotActivityKeys.Property, BodyOf(type), HubSpotPropertyNames.Owner, .. type == HubSpotActivityKeys.Tasks ? [Status] : Array.Empty<string>()];

    public static string BodyOf(string type) => type == HubSpotActivityKeys.Tasks ? Body : NoteBody;

    /// <param name="mark">What is to stand under the body; null: nothing.</param>
    public static Dictionary<string, string> Of(LeadActivity activity, string? mark)
    {
        var properties = new Dictionary<string, string>();
        void Set(string name, string? value)
        {
            if (value is not null)
                properties[name] = value;
        }
        if (activity.Kind == ActivityKind.Task)
        {
            Set("hs_task_subject", activity.Title);
            Set(Status, activity.Completed switch { true => Completed, false => "NOT_STARTED", null => null });
            Set("hs_task_priority", activity.Urgent switch { true => "HIGH", false => "MEDIUM", null => null });
            Set("hs_task_type", activity.ChangesOnly ? null : "TODO");
        }
        Set(BodyOf(HubSpotActivityKeys.TypeOf(activity.Kind)), Html(activity.Body, mark));
        Set(At, (activity.DueAt ?? activity.At)?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Set(HubSpotPropertyNames.Owner, activity.OwnerId);
        return properties;
    }

    private static string? Html(string? text, string? mark) => text is null
        ? null
        : string.Join("<br>", text.Split('\n').Append(mark).OfType<string>().Select(Escaped));

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
