using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>One transaction: who, when, and a list that gathers what it changed for the log.</summary>
internal sealed class Transaction(OrgActor actor, DateTimeOffset at, TimeSpan commitDelay = default)
{
    public OrgActor Actor => actor;

    public DateTimeOffset At => at;

    /// <summary>When others see it. Stamps do not wait for it.</summary>
    public DateTimeOffset CommitAt { get; } = at + commitDelay;

    /// <summary>The stamp of all that it writes, in whole seconds.</summary>
    public DateTimeOffset Stamp { get; } = SalesforceInstants.Second(at);

    /// <summary>The creation date of what it adds where that is not the stamp, as importers may set it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public List<Effect> Effects { get; init; } = [];

    /// <summary>The place of the next change in this transaction, from 1.</summary>
    public int NextSequence() => ++sequence;

    /// <summary>The same for all changes of the transaction.</summary>
    public string Key { get; set; } = "";

    private int sequence;

    public void Note(OrgRow record, string field, object? before, object? after) =>
        Effects.Add(new Effect(record.Type.LogName, record.Id, field, FieldValues.ToText(before), FieldValues.ToText(after), actor.LogName));
}
