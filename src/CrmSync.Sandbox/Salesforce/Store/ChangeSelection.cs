namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>The objects whose changes are told on the event stream: an admin selects them, five at the most.</summary>
internal static class ChangeSelection
{
    public const string Table = "PlatformEventChannelMember";
    public const string Channel = "ChangeEvents";
    public const int Most = 5;
    private const string Suffix = "ChangeEvent";

    /// <summary>The objects that may be selected.</summary>
    public static IReadOnlyList<string> Selectable { get; } = ["Lead", "Contact", "Account", "Opportunity", "CampaignMember", "Task", "Event"];

    public static IEnumerable<string> Of(Org org) => org.Table(Table).All.Select(row => ((string)row[org.Table(Table).Schema.Get("SelectedEntity")]!)[..^Suffix.Length]);

    /// <summary>The object that a member's name stands for; null for one that cannot be selected.</summary>
    public static string? EntityOf(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) && Selectable.Contains(name[..^Suffix.Length]) ? name[..^Suffix.Length] : null;

    /// <summary>Selects an object and answers the id of the choice.</summary>
    public static string Add(Org org, string entity, DateTimeOffset now) => org.Table(Table).Place(org.Automation.Id, now,
        [("DeveloperName", $"{Channel}_{entity}{Suffix}"), ("EventChannel", Channel), ("SelectedEntity", entity + Suffix)]).Id;
}
