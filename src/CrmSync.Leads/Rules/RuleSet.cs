using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>One rule file, checked and compiled. Never changes.</summary>
public sealed class RuleSet
{
    private readonly Criterion[] _criteria = [];

    public required int Schema { get; init; }
    public required string Name { get; init; }
    public required int Version { get; init; }
    public required DateOnly Effective { get; init; }

    /// <summary>Lower-hex SHA-256 of the file's bytes.</summary>
    public required string Hash { get; init; }

    /// <summary>The languages in which every criterion has a text.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<CustomFact> Facts { get; init; }

    /// <summary>The built-in facts and <see cref="Facts"/>; adapters read, and rules judge, by it.</summary>
    public required FactCatalogue Catalogue { get; init; }

    public required AliasBook Aliases { get; init; }

    /// <summary>In file order.</summary>
    public required IReadOnlyList<Criterion> Criteria
    {
        get => _criteria;
        init => _criteria = [.. value];
    }

    /// <summary><see cref="Criteria"/>, for loops that run for every lead.</summary>
    internal ReadOnlySpan<Criterion> CriterionSpan => _criteria;

    public required Gates Gates { get; init; }
    public CoolOffSettings CoolOff { get; init; } = new();
    public SlaSettings Sla { get; init; } = new();
    public AssignSettings Assign { get; init; } = new(true, []);
    public MqlSource MqlFrom { get; init; }
    public AcceptSettings Accept { get; init; } = new();
    public IReadOnlyList<Signature> SignedBy { get; init; } = [];

    public IEnumerable<Criterion> Blockers => Criteria.Where(criterion => criterion.Group == CriterionGroup.Blocker);

    /// <summary>The criterion with an id, or null.</summary>
    public Criterion? Find(string id) => Criteria.FirstOrDefault(criterion => criterion.Id == id);

    /// <summary>The names of the facts that any criterion or gate asks for: what has to be read, and may be stored.</summary>
    public IReadOnlySet<string> FactsNamed() => Criteria.SelectMany(criterion => criterion.When.Slots)
        .Concat(Gates.Mql.AnyKnown).Concat(Gates.Offer.AnyKnown).Concat(Gates.SalesQualified.AnyKnown)
        .Select(slot => Catalogue.Definitions[slot].Name).ToHashSet(StringComparer.Ordinal);
}
