namespace CrmSync.Adapters;

/// <summary>
/// A write of ours as a CRM tells of it afterwards: what stood, the moment before it, in the fields that people write too. Told where
/// the CRM can neither refuse a write that comes too late nor be asked for a history.
/// </summary>
/// <param name="Marker">The marker that came with it.</param>
public sealed record ToldWrite(string LeadId, string Marker)
{
    /// <summary>The CRM's own value of the stage.</summary>
    public ToldValue Stage { get; init; }

    /// <summary>The values of the fields for answer, comment and request, as readings give them.</summary>
    public ToldValue Answer { get; init; }
    public ToldValue Comment { get; init; }
    public ToldValue Request { get; init; }
}

/// <summary>A former value.</summary>
/// <param name="Value">Null when the field was empty.</param>
/// <param name="At">When the record was last changed before; null where that is not told.</param>
/// <param name="PersonId">Who had put it there, by <see cref="CrmUser.Id"/>; null where nobody tells.</param>
public readonly record struct ToldValue(string? Value, DateTimeOffset? At = null, string? PersonId = null);
