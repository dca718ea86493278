using System.Collections.Concurrent;
using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Sync;

/// <summary>A rule set with what follows from it for every lead alike. Worked out once, when the rules come into force.</summary>
internal sealed class RulesAtWork(RuleSet rules)
{
    private readonly ConcurrentDictionary<CrmMapping, string> _mappings = new(ReferenceEqualityComparer.Instance);

    public RuleSet Rules => rules;

    public SlaClock Clock { get; } = new(BusinessCalendar.Of(rules.Sla));

    /// <summary>The fingerprint of the working time by which deadlines are counted.</summary>
    public string Calendar { get; } = Fingerprints.Of(rules.Sla);

    /// <summary>The fingerprint of a connection's mapping.</summary>
    public string MappingOf(CrmMapping mapping) => _mappings.GetOrAdd(mapping, Fingerprints.Of);
}
