using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Texts;

/// <summary>The note that tells marketing why nothing follows on its request.</summary>
public static class RequestNote
{
    /// <param name="option">The value that was chosen in marketing's field.</param>
    public static string Of(string option, RequestRefusal refusal, string language)
    {
        var phrases = TextLanguage.Of(language);
        var label = HandoverFields.All.First(known => known.Name == HandoverFields.Request).Options.FirstOrDefault(known => known.Value == option);
        return phrases.RequestRefused((language == "da" ? label?.Danish : label?.English) ?? option, phrases.Refusal(refusal));
    }
}
