using CrmSync.Chaos.Crms;

namespace CrmSync.Chaos.Nemesis;

/// <summary>
/// The named places at which a worker may die: before a call goes out and after what it promised is done, for every call of
/// the store and of the CRM that a hand-over takes.
/// </summary>
internal static class CrashPoints
{
    /// <summary>Taken for webhooks alone, or nearly so.</summary>
    private const string OfWebhooks = "store AcceptAsync";

    private static readonly string[] OfStore =
    [
        "store KeepRuleSetAsync", "store AppendAsync", "store AdvanceAsync", OfWebhooks, "store RememberAsync", "store RingDueAsync",
        "store TakeAsync", "store FindAsync", "store RecordAsync", "store ExpandAsync", "store IntentsAsync", "store SettleAsync", "store ActivitiesAsync", "store SettleActivitiesAsync",
    ];

    /// <summary>Where a worker dies that was let in by a grant: its token is renewed again and again, and kept.</summary>
    public static IReadOnlyList<string> OfGrant(CrmUnderTest crm) => [crm.TokenCall + " before", crm.TokenCall + " after", Renewals.Unsaved, "grants SaveAsync after"];

    public static IReadOnlyList<string> Of(CrmUnderTest crm) => [.. OfStore.Where(call => crm.Events is not null || call != OfWebhooks).Concat(crm.Calls).SelectMany(call => new[] { call + " before", call + " after" })];
}
