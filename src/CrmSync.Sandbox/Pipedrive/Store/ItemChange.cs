using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>Something that happened to a record, as those are told who asked to hear of it.</summary>
/// <param name="Action"><c>create</c>, <c>change</c> or <c>delete</c>.</param>
/// <param name="Before">The values before it; null for a new record.</param>
/// <param name="BeforeTime">When it had last changed before.</param>
/// <param name="Fields">The fields that got another value.</param>
internal sealed record ItemChange(
    string Action, Item Item, IReadOnlyDictionary<string, object?>? Before, DateTimeOffset BeforeTime, IReadOnlyList<string> Fields, CompanyWrite Context)
{
    public EntityKind Kind => Item.Kind;

    /// <summary>The record as it is after it.</summary>
    public IReadOnlyDictionary<string, object?> After { get; } = Item.Values;

    public DateTimeOffset AfterTime { get; } = Item.UpdateTime;

    /// <summary>The records that a merge made one of: the one that went, by the one that stayed.</summary>
    public string? MergedTo { get; init; }
    public string? MergedFrom { get; init; }
}
