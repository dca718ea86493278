using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>How many leads went from one verdict to another, or stayed.</summary>
public sealed record VerdictMove(Verdict From, Verdict To, int Leads);

/// <summary>A lead whose verdict differs between two rule sets. <paramref name="Lead"/> names it; scores are old and new.</summary>
public sealed record VerdictFlip(
    string Lead, Verdict From, Verdict To, int FitFrom, int FitTo, int InterestFrom, int InterestTo, IReadOnlyList<FlipReason> Reasons);

/// <summary>What two rule sets say of the same leads.</summary>
public sealed record VerdictDiffReport(int Leads, int Flipped, IReadOnlyList<VerdictMove> Moves, IReadOnlyList<VerdictFlip> Flips);

/// <summary>Compares two rule sets lead by lead; keeps the first <paramref name="most"/> flips and counts the rest.</summary>
public sealed class VerdictDiff(RuleSet before, RuleSet after, int most)
{
    private static readonly int Verdicts = Enum.GetValues<Verdict>().Length;
    private readonly int[,] _moves = new int[Verdicts, Verdicts];
    private readonly List<VerdictFlip> _flips = [];
    private int _leads, _flipped;

    public void Add(string lead, Evaluation old, Evaluation now)
    {
        _leads++;
        _moves[(int)old.Verdict, (int)now.Verdict]++;
        if (old.Verdict == now.Verdict)
            return;
        _flipped++;
        if (_flips.Count < most)
            _flips.Add(new(lead, old.Verdict, now.Verdict, old.FitScore, now.FitScore, old.InterestScore, now.InterestScore,
                FlipReasons.Of(before, old, after, now)));
    }

    /// <summary>Moves that happened, changes before what stayed, the most frequent first.</summary>
    public VerdictDiffReport Report() => new(_leads, _flipped,
        [.. from old in Enum.GetValues<Verdict>()
            from now in Enum.GetValues<Verdict>()
            let leads = _moves[(int)old, (int)now]
            where leads > 0
            orderby old == now, leads descending, old, now
            select new VerdictMove(old, now, leads)],
        _flips);
}
