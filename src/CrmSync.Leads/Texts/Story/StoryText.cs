namespace CrmSync.Leads.Texts.Story;

/// <summary>Tells an event of a lead's story as one or two sentences. Languages: <c>da</c>, and English for anything else.</summary>
public static class StoryText
{
    private static readonly StoryWords Danish = new DanishStory();
    private static readonly StoryWords English = new EnglishStory();

    /// <param name="zone">The one in which instants are named.</param>
    public static string Of(StoryEvent told, TimeZoneInfo zone, string language)
    {
        var words = language == "da" ? Danish : English;
        var (who, when) = (words.Who(told.Actor), words.When(Moment(told.At, zone, language)));
        return told.Kind switch
        {
            StoryKind.FirstSeen => words.FirstSeen(words.Stage(told.ToStage), when),
            StoryKind.StageSeen => words.StageSeen(who, words.Stage(told.FromStage), words.Stage(told.ToStage), when),
            StoryKind.Qualified => words.Qualified(told.Episode, when, Why(told, words)),
            StoryKind.Held => words.Held(when, told.Because),
            StoryKind.Offered => words.Offered(OwnerOf(told, words), when, words.Assigned(told.AssignedBy), Moment(told.DueAt, zone, language) ?? ""),
            StoryKind.Reassigned => words.Reassigned(OwnerOf(told, words), when, words.Assigned(told.AssignedBy), Moment(told.DueAt, zone, language) ?? ""),
            StoryKind.StageMoved => words.StageMoved(words.Stage(told.FromStage), words.Stage(told.ToStage), when),
            StoryKind.Now => words.Waits(told.Waits ?? StoryWait.Evidence, OwnerOf(told, words), Moment(told.DueAt, zone, language), told.Because),
            _ => Offer(told, words, who, when) ?? Decision(told, words, who, when, zone, language),
        };
    }

    /// <summary>What became of an open offer without a decision; null for any other event.</summary>
    private static string? Offer(StoryEvent told, StoryWords words, string who, string when) => told.Kind switch
    {
        StoryKind.Overdue => words.Overdue(when),
        StoryKind.Escalated => words.Escalated(when, OwnerOf(told, words)),
        StoryKind.AskedBack => words.AskedBack(when),
        StoryKind.TaskReopened => words.TaskReopened(when),
        StoryKind.TaskRemade => words.TaskRemade(when),
        StoryKind.Superseded => words.Superseded(when),
        StoryKind.Merged => words.Merged(when),
        StoryKind.WentOn => words.WentOn(when),
        StoryKind.Withdrawn => words.Withdrawn(when),
        StoryKind.Gone => words.Gone,
        StoryKind.NeverOffered => words.NeverOffered(when),
        StoryKind.Corrected => words.Corrected(who, when),
        StoryKind.Disputed => words.Disputed(when),
        StoryKind.Suppressed => words.Suppressed(when, told.Because),
        StoryKind.NotWritten => words.NotWritten(when, told.Because),
        StoryKind.Parked => words.Parked(when),
        _ => null,
    };

    private static string Decision(StoryEvent told, StoryWords words, string who, string when, TimeZoneInfo zone, string language) => told.Kind switch
    {
        StoryKind.Accepted => words.Accepted(who, when),
        StoryKind.AcceptedBySilence => words.AcceptedBySilence(when),
        StoryKind.AcceptedByAction => words.AcceptedByAction(who, when),
        StoryKind.Returned => words.Returned(who, when),
        StoryKind.Rejected or StoryKind.Disqualified => words.Rejected(who, when, told.Reason is { } reason ? words.Reason(reason) : null, Rest(told, words, zone, language)),
        StoryKind.Expired => words.Expired(when, Rest(told, words, zone, language)),
        StoryKind.Recycled => words.Recycled(when),
        StoryKind.Won => words.Won(when),
        _ => words.Lost(when),
    };

    /// <summary>Empty where nobody is known.</summary>
    private static string OwnerOf(StoryEvent told, StoryWords words) => told.OwnerId is { } id ? words.Owner(id) : "";

    private static string Why(StoryEvent told, StoryWords words) =>
        told is { Fit: { } fit, Interest: { } interest } ? words.Scores(fit, interest, string.Join("; ", told.Met)) : "";

    private static string Rest(StoryEvent told, StoryWords words, TimeZoneInfo zone, string language) => told.RestsUntil switch
    {
        null => "",
        { } until when until == DateTimeOffset.MaxValue => words.ForGood,
        { } until => words.Rests(TextLanguage.Of(language).Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, zone).DateTime))),
    };

    private static string? Moment(DateTimeOffset? at, TimeZoneInfo zone, string language)
    {
        if (at is not { } instant)
            return null;
        var (phrases, local) = (TextLanguage.Of(language), TimeZoneInfo.ConvertTime(instant, zone));
        return language == "da"
            ? $"{phrases.Date(DateOnly.FromDateTime(local.DateTime))} kl. {local.Hour:00}.{local.Minute:00}"
            : $"{phrases.Date(DateOnly.FromDateTime(local.DateTime))}, {local.Hour:00}:{local.Minute:00}";
    }
}
