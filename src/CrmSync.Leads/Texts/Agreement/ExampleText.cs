namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Titles and lead-ins of the worked examples.</summary>
public static class ExampleText
{
    public static string Title(string language) => new Wording(language)["Tre eksempler", "Three examples"];

    public static string Body(string language) => new Wording(language)[
        "Opdigtede leads, bedømt efter de samme regler. I rammen står begrundelsen; når et lead sendes til salg, skrives den i feltet \"Hvorfor dette lead\".",
        "Made-up leads, judged by these very rules. The frame holds the reasons; when a lead is sent to sales, they are written into the field \"Why this lead\"."];

    public static string Offered(string language) => new Wording(language)["Sendes til salg", "Sent to sales"];

    public static string NotYet(string language) => new Wording(language)["Ikke klar endnu", "Not ready yet"];

    public static string Blocked(string language) => new Wording(language)["Spærret", "Blocked"];

    public static string Given(string language) => new Wording(language)["Kendt om leadet:", "Known of the lead:"];

    public static string Impossible(string language) => new Wording(language)[
        "Reglerne er sådan, at et eksempel ikke kan dannes af dem selv.",
        "These rules are such that no example can be made from them alone."];
}
