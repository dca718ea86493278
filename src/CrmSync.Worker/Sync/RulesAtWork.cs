using System.Collections.Concurrent;
using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Sync;

/// <summary>A rule set with what follows from it for every lead alike. Worked out once, when the rules come into force.</summary>
internal sealed class RulesAtWork(RuleSet rules)
{
    private static readonly AnswerTimes Usual = new();
    private readonly ConcurrentDictionary<AnswerTimes, string> _calendars = new();
    private readonly ConcurrentDictionary<CrmMapping, string> _mappings = new(ReferenceEqualityComparer.Instance);

    public RuleSet Rules => rules;

    public SlaClock Clock { get; } = new(BusinessCalendar.Of(rules.Sla));

    /// <summary>The fingerprint of the working time by which the deadlines of a policy's leads are counted.</summary>
    public string CalendarOf(Policy policy) => _calendars.GetOrAdd(policy.Sla ?? Usual, _ => Fingerprints.Of(rules.SlaOf(policy)));

    /// <summary>The fingerprint of a connection's mapping.</summary>
    public string MappingOf(CrmMapping mapping) => _mappings.GetOrAdd(mapping, Fingerprints.Of);
}
