namespace CrmSync.Leads.Handover;

/// <summary>What a person in sales answered.</summary>
public enum DecisionKind
{
    Accept,
    Reject,
    Return,

    /// <summary>"I take the lead", without or before an offer.</summary>
    Take,

    /// <summary>An answer that lacks what it needs: "other" without a text.</summary>
    Incomplete,

    /// <summary>An option that the product does not know; never acted on.</summary>
    Unknown,
}

/// <summary>The answer field as the CRM holds it. <paramref name="At"/> and the person are null where nobody observed them.</summary>
public sealed record RepAnswer(string Value, string? Text, DateTimeOffset? At, string? PersonId, bool ByAutomation)
{
    /// <summary>The user who gave it is deactivated in the CRM.</summary>
    public bool ByInactive { get; init; }

    /// <summary>Why it is nobody's written answer; null: it is one.</summary>
    public string? Refusal => this switch
    {
        { ByAutomation: true } => "an automation answered, and only a person can",
        { ByInactive: true } => "a deactivated user answered",
        _ => null,
    };
}

/// <summary>An answer, understood.</summary>
public sealed record Decision(DecisionKind Kind, RejectionReason? Reason = null)
{
    /// <summary>Reads an option value of <c>crmsync_decision</c> and its comment.</summary>
    public static Decision Read(string value, string? text) => value switch
    {
        "accept" => new(DecisionKind.Accept),
        "return" => new(DecisionKind.Return),
        "take" => new(DecisionKind.Take),
        "reject_wrong_industry" => Rejected(RejectionReason.WrongIndustry),
        "reject_wrong_size" => Rejected(RejectionReason.WrongCompanySize),
        "reject_wrong_country" => Rejected(RejectionReason.WrongGeography),
        "reject_wrong_person" => Rejected(RejectionReason.WrongRole),
        "reject_no_need" => Rejected(RejectionReason.NoNeed),
        "reject_no_budget" => Rejected(RejectionReason.NoBudget),
        "reject_bad_timing" => Rejected(RejectionReason.BadTiming),
        "reject_customer_or_open_deal" => Rejected(RejectionReason.ExistingCustomerOrOpenDeal),
        "reject_duplicate" => Rejected(RejectionReason.Duplicate),
        "reject_never_relevant" => Rejected(RejectionReason.NeverRelevant),
        "reject_other" => string.IsNullOrWhiteSpace(text) ? new(DecisionKind.Incomplete) : Rejected(RejectionReason.Other),
        _ => new(DecisionKind.Unknown),
    };

    private static Decision Rejected(RejectionReason reason) => new(DecisionKind.Reject, reason);
}
