namespace CrmSync.Chaos.Nemesis;

/// <summary>
/// The named places at which a worker may die: before a call goes out and after what it promised is done, for every call of
/// the store and of the CRM that a hand-over takes.
/// </summary>
internal static class CrashPoints
{
    private static readonly string[] Calls =
    [
        "store KeepRuleSetAsync", "store AppendAsync", "store AdvanceAsync", "store AcceptAsync", "store RememberAsync", "store RingDueAsync",
        "store TakeAsync", "store FindAsync", "store RecordAsync", "store ExpandAsync", "store IntentsAsync", "store SettleAsync", "store ActivitiesAsync", "store SettleActivitiesAsync",
        "GET /owners", "GET /contacts", "POST /contacts/search", "POST /companies/search", "POST /deals/search",
        "POST /contacts/batch/read of facts", "POST /contacts/batch/read with history", "POST /contacts/companies/batch/read", "POST /companies/batch/read",
        "POST /contacts/batch/read as guard", "POST /contacts/batch/update", "POST /tasks/batch/upsert", "POST /tasks/contacts/batch/associate/default", "POST /notes/batch/upsert",
    ];

    public static IReadOnlyList<string> All { get; } = [.. Calls.SelectMany(call => new[] { call + " before", call + " after" })];
}
