using System.Collections.ObjectModel;

namespace CrmSync.Adapters.Salesforce;

/// <summary>What hangs on one record. A null list: our user may not read it.</summary>
internal sealed record SalesforceSurroundings
{
    public IReadOnlyList<SalesforceRecord>? Members { get; init; }
    public IReadOnlyList<SalesforceRecord>? Tasks { get; init; }
    public IReadOnlyList<SalesforceRecord>? Events { get; init; }
    public SalesforceDeals Deals { get; init; } = new();

    /// <summary>Whether the deals could be read; a lead that was not converted has none.</summary>
    public bool KnowsDeals { get; init; }

    /// <summary>When the first of the leads that became this contact was made: what was bought since is theirs; null where there was none.</summary>
    public DateTimeOffset? LeadMadeAt { get; init; }

    /// <summary>The stage in which the lead was converted to this contact; null where it had none, or there was no lead.</summary>
    public string? FrozenStage { get; init; }

    /// <summary>The lead as it was frozen by the last conversion to this contact, with what was asked of it; null where there was none.</summary>
    public SalesforceRecord? Frozen { get; init; }

    /// <summary>Null where none was asked for, or none may be read.</summary>
    public SalesforceHistory? History { get; init; }

    /// <summary>Ids that now answer as this record: merged into it, or converted to it.</summary>
    public IReadOnlyList<string> FormerIds { get; init; } = [];

    /// <summary>When each of them was changed last, which its merge or its conversion did.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FormerSince { get; init; } = ReadOnlyDictionary<string, DateTimeOffset>.Empty;
}
