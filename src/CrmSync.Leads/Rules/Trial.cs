using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Answers the gates as if some criteria of a lead were met, or one were not. The readings it starts from stay as they are.</summary>
internal sealed class Trial(Policy policy, LeadFacts facts, LeadContext context, Reading[] readings)
{
    private readonly Reading[] _tried = [.. readings];
    private readonly Consequences _follows = policy.Open.Consequences.Value;

    /// <summary>The gates as they are.</summary>
    internal GateCheck Answer() => GateCheck.Of(policy, readings, facts, context);

    /// <summary>The gates and scores with one criterion not met.</summary>
    internal (GateCheck Gates, ScoreSheet Score) Without(int criterion)
    {
        readings.CopyTo(_tried, 0);
        Set(criterion, CriterionResult.NotMet);
        return (GateCheck.Of(policy, _tried, facts, context), ScoreSheet.Of(policy, _tried));
    }

    /// <summary>The gates with some criteria met afresh, with what follows for others that ask the same facts.</summary>
    internal GateCheck With(int[] met)
    {
        readings.CopyTo(_tried, 0);
        foreach (var i in met)
            for (var other = 0; other < readings.Length; other++)
                Follow(i, other);
        foreach (var i in met)
            Set(i, CriterionResult.Met);
        return GateCheck.Of(policy, _tried, facts, context);
    }

    private void Follow(int met, int other)
    {
        var when = policy.Criteria[other].When;
        if (_follows.Brings(met, other) && when.CouldBecome(met: true, facts, context))
            Set(other, CriterionResult.Met);
        // What is met already was met beside it, whatever its fewest acts would say.
        else if (readings[met].Result != CriterionResult.Met && _follows.Ends(met, other) && when.CouldBecome(met: false, facts, context))
            Set(other, CriterionResult.NotMet);
    }

    private void Set(int criterion, CriterionResult result)
    {
        _tried[criterion].Result = result;
        _tried[criterion].Points = result == CriterionResult.Met ? policy.Criteria[criterion].Points : 0;
        _tried[criterion].Worth = 0;
    }
}
