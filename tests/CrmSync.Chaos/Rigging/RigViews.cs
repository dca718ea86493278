using System.Text.Json;
using System.Text.RegularExpressions;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox.Control;

namespace CrmSync.Chaos.Rigging;

/// <summary>What can be seen of a rig from outside, and what an admin does at its keyboard.</summary>
internal static class RigViews
{
    public static IReadOnlyList<LogLine> Log(this Rig rig, long after = 0, Translation? translation = null) =>
        LogReader.Log(rig.Control.Log(after).Select(e => JsonSerializer.Serialize(e, ControlJson.Options)), translation ?? new(rig.Setting.Crm.Dialect));

    public static IReadOnlyList<CrmLead> Leads(this Rig rig) => 
        LogReader.State(JsonSerializer.Serialize(rig.Control.State(rig.Setting.Crm.Name), ControlJson.Options), rig.Setting.Crm.Dialect);

    /// <summary>The store as it lies on the disk; the worker goes on.</summary>
    public static StoreTables Store(this Rig rig) => StoreReader.Read(rig.DataDirectory, Rig.Connection);

    /// <summary>How long the audit in that store is.</summary>
    public static long AuditLength(this Rig rig) => StoreReader.AuditLength(rig.DataDirectory);

    /// <summary>Nothing waits in the inbox, no effect, task or note is open.</summary>
    public static async Task<bool> IsIdleAsync(this Rig rig) =>
        await rig.Worker.Store.PendingAsync(Rig.Connection, CancellationToken.None) == 0
        && await rig.Worker.Store.NextIntentAsync(Rig.Connection, CancellationToken.None) is null
        && await rig.Worker.Store.NextActivityAsync(Rig.Connection, CancellationToken.None) is null;

    /// <summary>The rules are saved as a new version.</summary>
    public static void SaveRules(this Rig rig, int version)
    {
        var file = Worker.RulesFile(rig.DataDirectory);
        File.WriteAllText(file, Regex.Replace(File.ReadAllText(file), "(?m)^version: .*$", $"version: {version}"));
    }
}
