namespace CrmSync.Leads.Fields;

/// <summary>
/// The core nine fields, and those for reports. Their names and option values are the same in every CRM (bar a vendor's suffix or hash key);
/// only labels are translated, so a relabelled option keeps its meaning.
/// </summary>
public static class HandoverFields
{
    public const string Handover = "crmsync_handover";
    public const string Decision = "crmsync_decision";
    public const string DecisionText = "crmsync_decision_text";
    public const string Due = "crmsync_due";
    public const string Why = "crmsync_why";
    public const string Fit = "crmsync_fit";
    public const string Interest = "crmsync_interest";
    public const string Request = "crmsync_request";
    public const string Marker = "crmsync_marker";
    public const string OfferedAt = "crmsync_offered_at";
    public const string DecidedAt = "crmsync_decided_at";
    public const string DecidedBy = "crmsync_decided_by";
    public const string Episode = "crmsync_episode";
    public const string Rules = "crmsync_rules";

    public static IReadOnlyList<HandoverField> All { get; } =
    [
        new(Handover, HandoverFieldType.List, "Overdragelse", "Hand-over",
        [
            new("waiting", "Afventer svar", "Waiting"),
            new("accepted", "Godkendt", "Accepted"),
            new("accepted_by_silence", "Godkendt ved tavshed", "Accepted by silence"),
            new("rejected", "Afvist", "Rejected"),
            new("returned", "Sendt retur", "Returned"),
            new("recycled", "Til nurture", "Recycled"),
            new("disqualified", "Udelukket", "Disqualified"),
            new("expired", "Udløbet", "Expired"),
            new("superseded", "Erstattet", "Superseded"),
            new("held", "Holdt tilbage", "Held"),
        ]),
        new(Decision, HandoverFieldType.List, "Svar på lead", "Answer on lead",
        [
            new("accept", "Godkend: jeg følger op", "Accept: I will follow up"),
            new("return", "Send retur: oplysninger mangler", "Return: data missing"),
            new("take", "Jeg tager leadet", "Take it"),
            new("reject_wrong_industry", "Afvis: forkert branche", "Reject: wrong industry"),
            new("reject_wrong_size", "Afvis: forkert størrelse", "Reject: wrong size"),
            new("reject_wrong_country", "Afvis: forkert land", "Reject: wrong country"),
            new("reject_wrong_person", "Afvis: forkert person", "Reject: wrong person"),
            new("reject_no_need", "Afvis: intet behov", "Reject: no need"),
            new("reject_no_budget", "Afvis: intet budget", "Reject: no budget"),
            new("reject_bad_timing", "Afvis: ikke nu", "Reject: bad timing"),
            new("reject_customer_or_open_deal", "Afvis: kunde eller åben sag", "Reject: customer or open deal"),
            new("reject_duplicate", "Afvis: dublet", "Reject: duplicate"),
            new("reject_never_relevant",
                "Afvis: aldrig relevant (konkurrent, leverandør, studerende, jobsøger, intet samtykke)",
                "Reject: never relevant (competitor, vendor, student, job seeker, no consent)"),
            new("reject_other", "Afvis: andet: skriv hvorfor", "Reject: other: say why"),
        ]),
        new(DecisionText, HandoverFieldType.LongText, "Kommentar til svar", "Comment on answer", []),
        new(Due, HandoverFieldType.Instant, "Svar senest", "Answer by", []),
        new(Why, HandoverFieldType.LongText, "Hvorfor dette lead", "Why this lead", []),
        new(Fit, HandoverFieldType.Number, "Match (0-100)", "Fit", []),
        new(Interest, HandoverFieldType.Number, "Interesse (0-100)", "Interest", []),
        new(Request, HandoverFieldType.List, "Marketings ønske", "Marketing's request",
        [
            new("send", "Send til salg nu", "Send to sales now"),
            new("hold", "Hold tilbage", "Hold"),
            new("dispute", "Anfægt afvisning", "Dispute rejection"),
        ]),
        new(Marker, HandoverFieldType.ShortText, "CrmSync (teknisk)", "CrmSync (technical)", []),
    ];

    /// <summary>Optional: so that managers can report in their own CRM.</summary>
    public static IReadOnlyList<HandoverField> ForReports { get; } =
    [
        new(OfferedAt, HandoverFieldType.Instant, "Sendt til salg", "Sent to sales", []),
        new(DecidedAt, HandoverFieldType.Instant, "Svar givet", "Answered", []),
        new(DecidedBy, HandoverFieldType.ShortText, "Svar fra", "Answered by", []),
        new(Episode, HandoverFieldType.Number, "Forløb nr.", "Episode no.", []),
        new(Rules, HandoverFieldType.ShortText, "Regelversion", "Rule version", []),
    ];

    /// <summary>The fields that a connection needs.</summary>
    public static IEnumerable<HandoverField> Of(bool withReports) => withReports ? All.Concat(ForReports) : All;
}
