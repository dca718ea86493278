using System.Globalization;
using CrmSync.Adapters;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Changes that make paging hard: many in the same millisecond, and those that are made between two pages.</summary>
internal static class Crowds
{
    /// <summary>As many leads as somebody marks in a list and edits at once: more than a page of the poll holds.</summary>
    private const int Size = 12;

    /// <summary>Plans one every second hour, at a time of its own between two polls.</summary>
    public static void Plan(Rig rig, Agenda agenda, TimeSpan span)
    {
        foreach (var hour in Enumerable.Range(1, (int)span.TotalHours - 1).Where(h => h % 2 == 1))
            agenda.Add(rig.Now + TimeSpan.FromMinutes((60 * hour) + (7 * hour % 30)), () =>
            {
                for (var i = 0; i < Size; i++)
                    Edit(rig, $"lead{i}", $"Director {hour.ToString(CultureInfo.InvariantCulture)}");
            });
    }

    /// <summary>Before the next page of leads is asked for somebody changes the first record of the one before.</summary>
    public static ICrmAdapter Restless(Rig rig, ICrmAdapter inner) => Twist.Of(inner,
        (nameof(ICrmAdapter.PollAsync), (args, call) => RestlessAsync(rig, (string)args[0]! == inner.Streams[0], (Task<ChangePage>)call(args)!)));

    private static async Task<ChangePage> RestlessAsync(Rig rig, bool isLeads, Task<ChangePage> polling)
    {
        var page = await polling;
        if (isLeads && page is { More: true, Records: [var first, ..] } && rig.Leads().FirstOrDefault(l => l.Id == first.Id)?.Key is { } key)
        {
            rig.Clock.Pass(TimeSpan.FromMilliseconds(7));
            Edit(rig, key, $"Manager {rig.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}");
        }
        return page;
    }

    /// <summary>A record that is no longer there shows nobody a field.</summary>
    private static void Edit(Rig rig, string key, string title)
    {
        try
        {
            rig.Control.Act(new() { Crm = rig.Setting.Crm.Name, Key = key, Act = "edit", Person = "rep-1", Fields = new Dictionary<string, string?> { [rig.Setting.Crm.JobTitle] = title } });
        }
        catch (SandboxRequestException)
        {
            // It was deleted or merged.
        }
    }
}
