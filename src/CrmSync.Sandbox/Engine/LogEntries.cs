using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>Lines of the log that look the same whichever CRM they are from.</summary>
internal static class LogEntries
{
    /// <summary>What somebody did who is no client of the API.</summary>
    public static LogEntry Act(string crm, string accountId, DateTimeOffset at, string path, IReadOnlyList<Effect> effects) => new()
    {
        At = at,
        Crm = crm,
        AccountId = accountId,
        Kind = "act",
        Identity = effects.Count > 0 ? effects[0].Actor : null,
        Path = path,
        Reply = "done",
        Effects = effects,
    };
}
