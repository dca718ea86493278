using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Review;

/// <summary>Looks at the gates of one policy for what no lead could fulfil.</summary>
internal sealed class GateLook(YamlMap tree, Policy policy, Func<string, SourceCondition?> conditionOf, Reasoning reasoning, ReviewNotes notes)
{
    private readonly string _in = policy.Id == Policy.OwnId ? "" : $"In the policy '{policy.Id}': ";

    internal void Look(string key, Gate gate)
    {
        Threshold(key, "fit", gate.Fit, CriterionGroup.Fit);
        Threshold(key, "interest", gate.Interest, CriterionGroup.Interest);
        foreach (var index in gate.Met)
            if (Condition(index) is { } condition && reasoning.Never(condition, AskedAnswer.Met))
                notes.Error(At(key, "met"), $"{_in}No lead passes '{key}': it asks for '{Id(index)}', which can never be met.", "Correct the criterion.");
        Together(key, gate);
        if (gate.AtLeast > AtMostMet(gate.Of))
            notes.Error(At(key, "atLeastOf"), $"{_in}No lead passes '{key}': so many of these can never be met at once.", $"Ask for at most {AtMostMet(gate.Of)}.");
    }

    // Criteria that exclude each other bring only the points of one.
    private void Threshold(string key, string score, int? least, CriterionGroup group)
    {
        var most = policy.MostPoints(group);
        if (least > Math.Min(most, policy.Caps.Of(group)))
            notes.Error(At(key, score), $"{_in}{least} can never be reached: of the criteria of '{score}' that can be met at once, none add up to more than {most}.", $"Lower it to {most} or less, or raise points.");
    }

    private void Together(string key, Gate gate)
    {
        for (var i = 0; i < gate.Met.Count; i++)
        {
            for (var j = i + 1; j < gate.Met.Count; j++)
                if (Possible(gate.Met[i]) && Possible(gate.Met[j]) && Excluded(gate.Met[i], gate.Met[j], AskedAnswer.Met))
                    notes.Error(At(key, "met"), $"{_in}No lead passes '{key}': '{Id(gate.Met[i])}' and '{Id(gate.Met[j])}' are never met at once.", "Ask for one of them.");
            foreach (var other in gate.NoneNotMet)
                if (Possible(gate.Met[i]) && Excluded(gate.Met[i], other, AskedAnswer.AnythingButNotMet))
                    notes.Error(At(key, "noneNotMet"), $"{_in}No lead passes '{key}': where '{Id(gate.Met[i])}' is met, '{Id(other)}' is not.", "Take it out of one of the lists.");
        }
    }

    // A bound that is never too low: criteria are gathered into groups of which only one can be met.
    private int AtMostMet(IReadOnlyList<int> indexes)
    {
        var groups = new List<List<int>>();
        foreach (var index in indexes.Where(Possible))
            if (groups.Find(group => group.TrueForAll(other => Excluded(index, other, AskedAnswer.Met))) is { } group)
                group.Add(index);
            else
                groups.Add([index]);
        return groups.Count;
    }

    private bool Possible(int index) => Condition(index) is not { } condition || !reasoning.Never(condition, AskedAnswer.Met);

    private bool Excluded(int met, int other, AskedAnswer answer) => Condition(met) is { } first && Condition(other) is { } second
        && Box.Both(reasoning.Where(first, AskedAnswer.Met), reasoning.Where(second, answer)) is null;

    private SourceCondition? Condition(int index) => conditionOf(Id(index));

    private string Id(int index) => policy.Criteria[index].Id;

    private YamlNode At(string gate, string part)
    {
        var own = tree.MapsAt("policies").FirstOrDefault(map => map.TextAt("id") == policy.Id);
        return own is null ? tree.Nearest("gates", gate, part) : own.Nearest("gates", gate, part);
    }
}
