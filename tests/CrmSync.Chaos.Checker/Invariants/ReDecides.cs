using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>What was stored with a judgement leads to that judgement again.</summary>
internal sealed class ReDecides : IInvariant
{
    public string Id => "re-decides";

    public string Promise => "Each judgement's evidence is what was hashed, and weighed again by the rules gives the same findings, scores and verdict.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var evidence = history.Store.Evidence.ToDictionary(row => row.Hash);
        var erased = history.Store.Audit.Where(row => row.Kind == "Erased").Select(row => row.LeadKey).ToHashSet();
        foreach (var row in history.Store.Evidence.Where(row => row.Hash != Hashes.Of(row)))
            yield return new(Id, $"the evidence {row.Hash} of {row.LeadKey} is not what was hashed");
        foreach (var row in history.Store.Audit.Where(row => row.EvidenceHash is { } hash && !evidence.ContainsKey(hash) && !erased.Contains(row.LeadKey)))
            yield return new(Id, $"row {row.Sequence} ({row.Kind} {row.TransitionId} on {row.LeadKey}) stands on evidence {row.EvidenceHash}, which is not there");
        foreach (var problem in history.Facts.UsesDefaultRules ? Weighed(history) : [])
            yield return problem;
    }

    private IEnumerable<Violation> Weighed(RunHistory history)
    {
        foreach (var other in history.Store.RuleSets.Where(rules => !DefaultRules.AreIn(rules.Body)))
            yield return new(Id, $"the rules {other.Hash} are not those that the oracle models: mend Oracle/DefaultRules, or set UsesDefaultRules to false");
        var verdicts = history.Store.Judgements.ToLookup(row => row.EvidenceHash);
        var pauses = new Pauses(history.Store.Audit);
        foreach (var row in history.Store.Evidence)
        {
            var inputs = StoredInputs.Parse(row.Inputs);
            var (stored, again) = (StoredFinding.Parse(row.Findings), DefaultRules.Weigh(StoredFacts.Parse(row.Facts), inputs, pauses.Of(row.LeadKey, inputs)));
            foreach (var difference in Differences(stored, again, inputs))
                yield return new(Id, $"evidence {row.Hash} of {row.LeadKey}, judged at {inputs.JudgedAt:O}: {difference}");
            foreach (var judgement in verdicts[row.Hash].Where(j => again.Verdict != j.Verdict))
                yield return new(Id, $"{row.LeadKey} was judged {judgement.Verdict} at {judgement.JudgedAt} on {row.Hash}; the rules say {again.Verdict}");
        }
    }

    private static IEnumerable<string> Differences(IReadOnlyDictionary<string, StoredFinding> stored, WeighedLead again, StoredInputs inputs)
    {
        foreach (var finding in again.Findings)
        {
            if (!stored.TryGetValue(finding.Criterion, out var known))
                yield return $"no finding of {finding.Criterion} was stored";
            else if (OracleFinding.Parse(known.Result) != finding.Result || finding.Points != known.Points)
                yield return $"{finding.Criterion} was {known.Result} with {known.Points} points; the rules say {finding.Result} with {finding.Points}";
        }
        if (stored.Count != again.Findings.Count)
            yield return $"{stored.Count} findings were stored; the rules have {again.Findings.Count} criteria";
        if ((again.Fit, again.Interest) != (inputs.Fit, inputs.Interest))
            yield return $"fit and interest were {inputs.Fit} and {inputs.Interest}; the rules say {again.Fit} and {again.Interest}";
    }
}
