namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>The criteria of <c>sal-rules.yaml</c> as a person reads them there: no engine, no settings.</summary>
public static class DefaultRules
{
    // Of the criteria and gates without their comments: a change there wants a change here.
    private const string Known = "989ac9cea96e5ae742a80a380dd301a37f5f062986536b19df878780ef13c787";

    /// <summary>Whether a rule file has the criteria and gates that are modelled here.</summary>
    public static bool AreIn(string body) => Fingerprint(body) == Known;

    public static WeighedLead Weigh(StoredFacts facts, StoredInputs inputs, Pause? pause)
    {
        var now = inputs.JudgedAt;
        var raised = Acts.Count(facts, "handRaise", 1, 14, now).Or(Acts.Count(facts, "meetingBooked", 1, 14, now));
        OracleFinding[] findings =
        [
            Fit("industry", 25, Names.Is(facts.Text("company.industry"), Names.Industries)),
            Fit("company-size", 25, facts.Number("company.employees") is { } size ? Yes(size is >= 20 and <= 1000) : Answer.Unknown),
            Fit("country", 20, Names.Is(facts.Text("company.country") ?? facts.Text("person.country"), Names.Countries)),
            Fit("role", 30, Or(Names.Has(facts.Text("person.role"), Names.Deciders), Buying(facts))),
            new("hand-raise", "interest", raised.Result, raised.Result == Answer.Met ? 40 : 0, 40),
            Interest("webinar", 20, Acts.Count(facts, "webinarAttended", 1, 60, now), now),
            Interest("content", 15, Acts.Count(facts, "contentDownload", 1, 60, now), now),
            Interest("website", 15, Acts.Count(facts, "pageView", 3, 30, now), now),
            Interest("email-clicks", 10, Acts.Count(facts, "emailClick", 2, 30, now), now),
            Interest("social", 5, Acts.Count(facts, "socialClick", 1, 30, now).Or(Acts.Count(facts, "adForm", 1, 30, now)), now),
            .. new[] { "need", "timeline", "budget", "authority" }.Select(part => new OracleFinding(part, "bant", Bant(facts, part), 0, 0)),
            Blocker("competitor", Flag(facts, "company.competitor")),
            Blocker("student-or-job-seeker", Or(Flag(facts, "person.studentOrJobSeeker"), Names.Has(facts.Text("person.role"), Names.Students))),
            Blocker("customer-or-open-deal", Or(Flag(facts, "deal.open"), Flag(facts, "deal.won"))),
            Blocker("opted-out", Flag(facts, "consent.optedOut")),
            Blocker("free-mail", And(Names.Is(facts.Text("person.emailDomain"), Names.FreeMail), Yes(!facts.Knows("company.name") && !facts.Knows("company.domain")))),
            Blocker("cool-off", Yes(Rests(pause, raised, now))),
        ];
        return new(findings, facts.Knows("person.phone") || facts.Knows("person.email"));
    }

    internal static string Fingerprint(string body)
    {
        var lines = body.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
            .SkipWhile(line => line != "scores:").TakeWhile(line => line != "handover:");
        return Hashes.Of(string.Join('\n', lines));
    }

    /// <summary>A request that came after the "no" lifts the pause; not one for good.</summary>
    private static bool Rests(Pause? pause, Acts raised, DateTimeOffset now) => pause switch
    {
        null => false,
        { Until: null } => true,
        _ => now < pause.Until && !(raised.Result == Answer.Met && raised.Seen > pause.Since),
    };

    private static Answer Buying(StoredFacts facts) =>
        Yes(facts.Choices("person.buyingRole")?.Any(role => Names.Is(role, Names.Buyers) == Answer.Met) == true);

    private static Answer Bant(StoredFacts facts, string part) => facts.Text($"bant.{part}") switch
    {
        null => Answer.Unknown,
        var answer => Yes(answer == "met"),
    };

    private static Answer Flag(StoredFacts facts, string name) => facts.Flag(name) is { } flag ? Yes(flag) : Answer.Unknown;

    private static Answer Yes(bool isSo) => isSo ? Answer.Met : Answer.NotMet;

    private static Answer Or(Answer one, Answer other) => one > other ? one : other;

    private static Answer And(Answer one, Answer other) => one < other ? one : other;

    private static OracleFinding Fit(string id, int points, Answer result) => new(id, "fit", result, result == Answer.Met ? points : 0, points);

    private static OracleFinding Interest(string id, int points, Acts acts, DateTimeOffset now) =>
        new(id, "interest", acts.Result, acts.Fading(points, now), acts.Open(points, now));

    private static OracleFinding Blocker(string id, Answer result) => new(id, "blocker", result, 0, 0);
}
