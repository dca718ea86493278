using System.Globalization;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>What is watched, and how Pipedrive writes instants: in several ways.</summary>
internal static class PipedriveStreams
{
    public const string Leads = "leads";

    /// <summary>What leads became.</summary>
    public const string Deals = "deals";
    public const string Persons = "persons";
    public const string Organizations = "organizations";
    public const string Activities = "activities";

    /// <summary>Leads that were put aside: they are in a list of their own.</summary>
    public const string Archived = "archived";

    /// <summary>What a list of deals is to show; where nothing is said, it leaves the deleted ones out.</summary>
    public const string AllStatuses = "open,won,lost,deleted";

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd"];

    public static IReadOnlyList<string> All { get; } = [Leads, Deals, Persons, Organizations, Activities, Archived];

    /// <summary>An instant in any of Pipedrive's forms, all of them UTC; a date is its first instant.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        !string.IsNullOrEmpty(text)
        && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;

    /// <summary>Whole seconds: a fraction is refused.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH':'mm':'ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As the first version of the API takes instants.</summary>
    public static string Plain(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH':'mm':'ss", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("HH':'mm", CultureInfo.InvariantCulture);

    public static bool IsLead(string id) => Guid.TryParseExact(id, "D", out _);

    public static bool IsDeal(string id) => id.Length is > 0 and < 19 && id.All(char.IsAsciiDigit);
}
