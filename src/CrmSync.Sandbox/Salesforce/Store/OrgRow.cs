using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>What a record holds from one write to the next; others see it once it is committed.</summary>
internal sealed record RowState(object?[] Values, long VisibleTicks);

/// <summary>One row. Only the writers beside it change it.</summary>
internal sealed class OrgRow(SObjectSchema type, string id, RowState state)
{
    private static readonly long KeptFor = TimeSpan.FromMinutes(15).Ticks;

    private List<RowState>? past;

    public SObjectSchema Type => type;

    public string Id => id;

    /// <summary>The newest state, committed or not.</summary>
    public RowState State { get; private set; } = state;

    /// <summary>Emptied from the recycle bin: no call finds it.</summary>
    public bool IsPurged { get; private set; }

    /// <summary>A task that was done before it was written down, which is how people and programs leave a note.</summary>
    public bool IsLogged { get; set; }

    public bool IsDeleted => State.Values[SystemFields.IsDeleted] is true;

    public object? this[FieldDefinition field] => FieldValues.Get(State.Values, field);

    public object? this[string field] => this[type.Get(field)];

    public string? Text(string field) => this[field] as string;

    public bool Flag(string field) => this[field] is true;

    public bool IsUncommitted(DateTimeOffset now) => State.VisibleTicks > now.UtcTicks;

    /// <summary>The values that were committed by an instant; null before there were any.</summary>
    public object?[]? Seen(long ticks)
    {
        if (IsPurged)
        {
            return null;
        }

        return State.VisibleTicks <= ticks ? State.Values : past?.FindLast(state => state.VisibleTicks <= ticks)?.Values;
    }

    public void Enter(RowState next)
    {
        past ??= [];
        past.Add(State);
        // Old states serve late commits and stale reads only.
        while (past.Count > 1 && past[1].VisibleTicks < next.VisibleTicks - KeptFor)
        {
            past.RemoveAt(0);
        }

        State = next;
    }

    public void Purge()
    {
        (past, IsPurged) = (null, true);
        var empty = new object?[State.Values.Length];
        (empty[SystemFields.Id], empty[SystemFields.IsDeleted]) = (id, true);
        State = State with { Values = empty };
    }
}
