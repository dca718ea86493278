namespace CrmSync.Leads.Texts;

/// <summary>The languages there are: <c>da</c>, and English for anything else.</summary>
internal static class TextLanguage
{
    private static readonly DanishPhrases InDanish = new();
    private static readonly EnglishPhrases InEnglish = new();

    internal static Phrases Of(string language) => language == "da" ? InDanish : InEnglish;
}
