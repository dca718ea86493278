using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>What a word of our own field makes of the hand-overs that were seen before it.</summary>
internal static class SeenWords
{
    private static readonly TimeSpan CorrectWithin = TimeSpan.FromHours(24);

    /// <summary>We take a dispute's wish away with the write that asks sales once more.</summary>
    public static bool IsDispute(Effect effect) => effect.IsOurs && effect.Is(CrmFields.Request) && effect.Change.Before == "dispute";

    public static void Show(string lead, List<SeenEpisode> episodes, Effect shown, string? stage, Effect? answer, bool isUndated, bool isAbsorber, bool isDispute, DateTimeOffset decided)
    {
        var (state, at) = (shown.Change.After, Instant.Cut((answer ?? shown).Line.At));
        var isTaken = state == "accepted" && answer?.Change.After == "take";
        // What marketing disputes is asked once more, and is the same offer.
        var isNew = state is "waiting" or "held" ? episodes is not [.., { IsUndecided: true }] && !(isDispute && episodes is [.., { State: "rejected" or "disqualified" }]) : isTaken && episodes is not [.., { IsUndecided: true } or { State: "accepted" or "accepted_by_silence" }];
        // A merge brings along what sales sent back, which goes on at the survivor, and what sales accepted as well, where the survivor had no hand-over of its own; if an older answer stands in
        // the survivor's fields, what it brought shows with our next write.
        var isBrought = ((shown.Line.Path == "merge" || isAbsorber) && state is "accepted" or "accepted_by_silence" && episodes is not [.., { AcceptedAt: not null }])
            || (shown.Line.Path == "merge" && state == "returned" && episodes is not [.., { IsUndecided: true }]);
        if (isNew || isBrought)
            episodes.Add(new(lead) { IsSalesGenerated = isTaken, IsMql = isBrought });
        if (episodes.Count == 0)
            return;
        // What sales took by itself, sent back and got again was offered after all; what a merge brings was an MQL in the record it comes
        // from, and may be answered before our next write says so here.
        var isOffer = state is "waiting" or "held";
        var now = episodes[^1] with { State = state, IsSalesGenerated = episodes[^1].IsSalesGenerated && !isOffer, IsMql = episodes[^1].IsMql || (isOffer && (stage == "MarketingQualified" || shown.Line.Path == "merge")) };
        // What came along with a merge became one in another record.
        if (now is { IsMql: true, MqlBy: null } && isOffer && shown.Line.Path != "merge")
            now = now with { MqlAt = decided, MqlBy = shown.Line.At };
        episodes[^1] = state switch
        {
            "accepted" or "accepted_by_silence" => now with { AcceptedAt = now.AcceptedAt ?? at, AcceptedBy = now.AcceptedAt is not null ? now.AcceptedBy : isUndated ? Instant.Cut(shown.Line.At) : null },
            "rejected" or "disqualified" or "returned" when at - now.AcceptedAt > CorrectWithin => now,
            // A no that is changed to missing data has not judged the lead.
            "returned" => now with { AcceptedAt = null, AcceptedBy = null, RejectedAt = null },
            "rejected" or "disqualified" => now with { AcceptedAt = null, AcceptedBy = null, RejectedAt = now.RejectedAt ?? at },
            _ => now,
        };
    }
}
