namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>Three answers; "and" is the lesser, "or" the greater.</summary>
public enum Answer
{
    NotMet,
    Unknown,
    Met,
}

/// <summary>What the oracle finds for a criterion. <paramref name="Weight"/>: the points that it can still bring where it is unknown.</summary>
public sealed record OracleFinding(string Criterion, string Group, Answer Result, int Points, int Weight)
{
    public static Answer? Parse(string stored) => stored switch
    {
        "met" => Answer.Met,
        "notMet" => Answer.NotMet,
        "unknown" => Answer.Unknown,
        _ => null,
    };
}

/// <summary>A lead weighed by the default rules.</summary>
public sealed record WeighedLead(IReadOnlyList<OracleFinding> Findings, bool IsReachable)
{
    private const int EnoughFit = 50;
    private const int EnoughInterest = 30;
    private const int Most = 100;

    public int Fit => Score("fit", open: false);

    public int Interest => Score("interest", open: false);

    public string Verdict
    {
        get
        {
            var mql = (Answer)Math.Max((int)Result("hand-raise"), Math.Min((int)Reaches("fit", EnoughFit), (int)Reaches("interest", EnoughInterest)));
            var isHeldBack = Findings.Any(f => f is { Group: "blocker", Result: Answer.Met } or { Group: "bant", Result: Answer.NotMet });
            return mql switch
            {
                Answer.NotMet => "NotReady",
                Answer.Unknown => "NotEnoughData",
                _ => isHeldBack || !IsReachable ? "MarketingQualified" : "Offer",
            };
        }
    }

    private Answer Result(string criterion) => Findings.Single(f => f.Criterion == criterion).Result;

    private Answer Reaches(string group, int enough) =>
        Score(group, open: false) >= enough ? Answer.Met : Score(group, open: true) < enough ? Answer.NotMet : Answer.Unknown;

    /// <summary>What is sure; with what is unknown in full, if open.</summary>
    private int Score(string group, bool open) => Math.Min(Most, Findings
        .Where(f => f.Group == group)
        .Sum(f => f.Result == Answer.Met ? f.Points : open && f.Result == Answer.Unknown ? f.Weight : 0));
}
