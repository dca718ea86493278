using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts;

/// <summary>Why a lead that is ready is not sent to sales today.</summary>
public static class HoldText
{
    /// <summary>One sentence for screens. <paramref name="perOwner"/> and <paramref name="perDay"/>: the limits in force.</summary>
    public static string Of(HoldCause cause, int perOwner, int perDay, string language)
    {
        var phrases = TextLanguage.Of(language);
        return cause switch
        {
            HoldCause.Pilot => phrases.OutsidePilot,
            HoldCause.OwnerDay => phrases.OwnerHasEnough(perOwner),
            _ => phrases.ConnectionHasEnough(perDay),
        };
    }

    /// <summary>For the field "Why this lead".</summary>
    public static string Why(HoldCause cause, int perOwner, int perDay, DateOnly day, string language)
    {
        var phrases = TextLanguage.Of(language);
        return $"{phrases.HeldTitle(phrases.Date(day))}\n{Of(cause, perOwner, perDay, language)}\n{phrases.TakeIt}";
    }
}
