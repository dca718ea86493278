using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>Leads, and what became of those of which that is known.</summary>
internal sealed class OutcomeCount
{
    internal int Leads { get; private set; }
    internal int Known { get; private set; }
    internal int Won { get; private set; }

    internal void Add(bool? won)
    {
        Leads++;
        Known += won is null ? 0 : 1;
        Won += won == true ? 1 : 0;
    }
}

/// <summary>Leads by how a criterion or gate answered.</summary>
internal sealed class AnswerCount
{
    private readonly OutcomeCount[] _answers = [new(), new(), new()];

    internal OutcomeCount Met => _answers[(int)CriterionResult.Met];

    /// <summary>Those asked whose outcome is known.</summary>
    internal int Known => _answers.Sum(answer => answer.Known);
    internal int Won => _answers.Sum(answer => answer.Won);

    internal void Add(CriterionResult answer, bool? won) => _answers[(int)answer].Add(won);

    internal int Of(CriterionResult answer) => _answers[(int)answer].Leads;
}
