namespace CrmSync.Leads.Texts.Figures;

/// <summary>What the criteria did, in words.</summary>
public sealed class CriteriaWords(string language)
{
    private readonly bool _danish = language == "da";

    public string Yes => _danish ? "ja" : "yes";
    public string Difference => _danish ? "forskel" : "difference";
    public string Lift => _danish ? "løft" : "lift";
    public string Verdict => _danish ? "dom" : "verdict";
    public string OnAcceptance => _danish ? "FORUDSIGER ET JA, AT SALG GODKENDER?" : "DOES A YES FORETELL THAT SALES ACCEPTS?";
    public string OnWinning => _danish ? "FORUDSIGER ET JA, AT LEADET VINDES?" : "DOES A YES FORETELL THAT THE LEAD IS WON?";
    public string Caught => _danish ? "HVAD HAVDE STOPPET DE AFVISTE? (hvis kriteriet var et krav)" : "WHAT WOULD HAVE CAUGHT THE REJECTED? (were the criterion required)";
    public string RejectedCaught => _danish ? "afviste stoppet" : "rejected caught";
    public string AcceptedLost => _danish ? "godkendte tabt" : "accepted lost";
    public string WonLost => _danish ? "vundne tabt" : "won lost";
    public string TooFew => _danish ? "for få" : "too few";
    public string For => _danish ? "▲ bevis for" : "▲ evidence for";
    public string Against => _danish ? "▼ bevis imod" : "▼ evidence against";
    public string None => _danish ? "intet bevis" : "no evidence";

    public string Caution => _danish
        ? "\"Bevis\" kun, hvor forskellen holder, når alle kriterier prøves samtidig (Benjamini-Hochberg, 5 %). En sammenhæng er ikke en årsag, og sendte leads har alle bestået reglerne: svage forskelle er ventelige."
        : "\"Evidence\" only where the difference holds when all criteria are tested at once (Benjamini-Hochberg, 5 %). An association is no cause, and all offered leads had passed the rules: weak differences are to be expected.";

    public string Title(int decided, int accepted, int ended, int won) => _danish
        ? $"Hvad kriterierne gjorde: {decided} leads med svar, {accepted} godkendt; {ended} godkendte med kendt udfald, {won} vundet."
        : $"What the criteria did: {decided} leads decided, {accepted} accepted; {ended} accepted ones with a known outcome, {won} won.";
}
