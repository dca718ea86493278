using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Names of verdicts and results.</summary>
public static class VerdictText
{
    public static string Of(Verdict verdict, string language) => verdict switch
    {
        Verdict.NotReady => In(language, "ikke klar", "not ready"),
        Verdict.NotEnoughData => In(language, "for få oplysninger", "not enough data"),
        Verdict.MarketingQualified => In(language, "marketingkvalificeret, holdt tilbage", "marketing-qualified, held back"),
        _ => In(language, "klar til salg", "ready for sales"),
    };

    public static string Of(GateResult result, string language) => result switch
    {
        GateResult.Pass => In(language, "ja", "yes"),
        GateResult.NoPass => In(language, "nej", "no"),
        _ => In(language, "mangler oplysninger", "not enough data"),
    };

    public static string Of(CriterionGroup group, string language) => group switch
    {
        CriterionGroup.Fit => In(language, "match", "fit"),
        CriterionGroup.Interest => In(language, "interesse", "interest"),
        CriterionGroup.Bant => "BANT",
        _ => In(language, "spærring", "blocker"),
    };

    private static string In(string language, string danish, string english) => language == "da" ? danish : english;
}
