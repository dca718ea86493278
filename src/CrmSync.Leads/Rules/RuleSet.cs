using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>One rule file, checked and compiled. Never changes.</summary>
public sealed class RuleSet
{
    private IReadOnlyList<string>? _factsNamed;

    public required int Schema { get; init; }
    public required string Name { get; init; }
    public required int Version { get; init; }
    public required DateOnly Effective { get; init; }

    /// <summary>Lower-hex SHA-256 of the file's bytes.</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// Lower-hex SHA-256 of what the file says, without <c>signed</c>: what a signature is given to. Comments, quotes and layout
    /// do not matter.
    /// </summary>
    public string AgreementHash { get; init; } = "";

    /// <summary>The languages in which every criterion has a text.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<CustomFact> Facts { get; init; }

    /// <summary>The built-in facts and <see cref="Facts"/>; adapters read, and rules judge, by it.</summary>
    public required FactCatalogue Catalogue { get; init; }

    public required AliasBook Aliases { get; init; }

    /// <summary>The policies of the file, in the order in which they are tried; empty where one judges every lead.</summary>
    public IReadOnlyList<Policy> Policies { get; init; } = [];

    /// <summary>Judges the leads that no condition claims: the last of <see cref="Policies"/>, or the file's own criteria and gates.</summary>
    public required Policy Default { get; init; }

    /// <summary>Those of the default policy, in file order.</summary>
    public IReadOnlyList<Criterion> Criteria => Default.Criteria;

    /// <summary>Those of the default policy.</summary>
    public Gates Gates => Default.Gates;

    /// <summary>Every criterion that any policy asks; where its points differ between policies, once for each weight.</summary>
    public IEnumerable<Criterion> EveryCriterion =>
        Policies.Count == 0 ? Criteria : Criteria.Concat(Policies.SelectMany(policy => policy.Criteria)).Distinct();

    public CoolOffSettings CoolOff { get; init; } = new();
    public SlaSettings Sla { get; init; } = new();
    public AssignSettings Assign { get; init; } = new();
    public MqlSource MqlFrom { get; init; }
    public AcceptSettings Accept { get; init; } = new();
    public IReadOnlyList<Signature> SignedBy { get; init; } = [];

    /// <summary>The signatures given to what the file says now.</summary>
    public IEnumerable<Signature> CurrentSignatures => SignedBy.Where(IsCurrent);

    /// <summary>The signatures given to other content, or to content that they do not name.</summary>
    public IEnumerable<Signature> OutdatedSignatures => SignedBy.Where(signature => !IsCurrent(signature));

    public IEnumerable<Criterion> Blockers => Criteria.Where(criterion => criterion.Group == CriterionGroup.Blocker);

    /// <summary>The criterion with an id, with its points in the default policy where it is asked there, or null.</summary>
    public Criterion? Find(string id) => EveryCriterion.FirstOrDefault(criterion => criterion.Id == id);

    /// <summary>The policy that judges a lead, whose facts lie in <see cref="Catalogue"/>. Allocates nothing.</summary>
    public Policy PolicyFor(LeadFacts facts, in LeadContext context)
    {
        for (var i = 0; i < Policies.Count; i++)
            if (Policies[i].When is not null && Policies[i].Claims(facts, context) == CriterionResult.Met)
                return Policies[i];
        return Default;
    }

    /// <summary>The policy that an evaluation was made by.</summary>
    public Policy PolicyOf(Evaluation evaluation) => Policies.FirstOrDefault(policy => policy.Id == evaluation.Policy) ?? Default;

    /// <summary>The time sales has to answer a lead that a policy judges.</summary>
    public SlaSettings SlaOf(Policy policy) => Sla.With(policy.Sla);

    /// <summary>The names of the facts that a criterion, gate, policy or rule of assignment asks for: what has to be read, and may be stored.</summary>
    /// <remarks>In ordinal order. Worked out once.</remarks>
    public IReadOnlyList<string> FactsNamed => _factsNamed ??= [.. EveryCriterion.SelectMany(criterion => criterion.When.Slots)
        .Concat(Policies.Select(policy => policy.When).Concat(Assign.Rules.Select(rule => rule.When)).SelectMany(when => when?.Slots ?? []))
        .Concat(Policies.Append(Default).SelectMany(policy => policy.Gates.All).SelectMany(gate => gate.AnyKnown))
        .Select(slot => Catalogue.Definitions[slot].Name).Distinct().Order(StringComparer.Ordinal)];

    private bool IsCurrent(Signature signature) => string.Equals(signature.Hash, AgreementHash, StringComparison.OrdinalIgnoreCase);
}
