using CrmSync.Adapters;
using CrmSync.Leads;

namespace CrmSync.Worker.Reports.History;

/// <summary>What a CRM's history says of how well its stages were kept: it tells how far figures from before can be trusted.</summary>
internal sealed class StageAudit
{
    private static readonly LifecycleStage[] Order = Enum.GetValues<LifecycleStage>();

    public int Leads { get; private set; }

    /// <summary>Leads whose history the CRM does not tell.</summary>
    public int WithoutHistory { get; private set; }
    public int Changes { get; private set; }

    /// <summary>Changes that left out a stage between.</summary>
    public int Skipped { get; private set; }

    /// <summary>Changes to an earlier stage.</summary>
    public int Regressed { get; private set; }

    /// <summary>Changes made by an import, a sync or a workflow: their instants may be those of the import.</summary>
    public int ByAutomation { get; private set; }

    /// <summary>Values of the stage that stand for none of ours.</summary>
    public int Unmapped { get; private set; }

    /// <summary>The same instant on very many leads: stamped at once.</summary>
    public int StampedTogether => _instants.Values.Where(count => count >= ManyAtOnce).Sum();

    private const int ManyAtOnce = 50;
    private readonly Dictionary<DateTimeOffset, int> _instants = [];

    public void Lead(bool hasHistory)
    {
        Leads++;
        WithoutHistory += hasHistory ? 0 : 1;
    }

    /// <param name="from">The stage before; null: the first.</param>
    /// <param name="to">Null: it stands for none of ours.</param>
    public void Change(LifecycleStage? from, LifecycleStage? to, FieldChange change)
    {
        Changes++;
        ByAutomation += change.Actor.IsMachine ? 1 : 0;
        var second = new DateTimeOffset(change.At.Ticks - change.At.Ticks % TimeSpan.TicksPerSecond, change.At.Offset);
        _instants[second] = _instants.GetValueOrDefault(second) + 1;
        if (to is not { } stage)
        {
            Unmapped += change.Value is null ? 0 : 1;
            return;
        }
        var (before, after) = (from is { } f ? Array.IndexOf(Order, f) : -1, Array.IndexOf(Order, stage));
        Regressed += after < before ? 1 : 0;
        // Where an account has no stage of its own for the acceptance, leaving it out is no skip.
        Skipped += before >= 0 && after > before + 2 ? 1 : 0;
    }
}
