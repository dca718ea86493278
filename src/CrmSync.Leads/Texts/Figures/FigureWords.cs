using CrmSync.Leads.Kpis;

namespace CrmSync.Leads.Texts.Figures;

/// <summary>Words of tables and reports about figures.</summary>
public enum FigureWord
{
    Title,
    Figure,
    Value,
    Interval,
    Hits,
    Counted,
    Open,
    Note,
    All,
    UpTo,
    SeeDefinitions,
    Imported,
    NotAveraged,
    Definitions,
    Nothing,
    Restated,
}

/// <summary>The words in both languages.</summary>
internal static class FigureWords
{
    internal static readonly IReadOnlyDictionary<FigureWord, LocalWords> Words = new Dictionary<FigureWord, LocalWords>
    {
        [FigureWord.Title] = new("KPIs of the hand-over", "Nøgletal for overdragelsen"),
        [FigureWord.Figure] = new("figure", "nøgletal"),
        [FigureWord.Value] = new("value", "værdi"),
        [FigureWord.Interval] = new("95 % interval", "95 %-interval"),
        [FigureWord.Hits] = new("hits", "antal"),
        [FigureWord.Counted] = new("of n", "af n"),
        [FigureWord.Open] = new("open", "åbne"),
        [FigureWord.Note] = new("note", "note"),
        [FigureWord.All] = new("all", "alle"),
        [FigureWord.UpTo] = new("data up to", "data til og med"),
        [FigureWord.SeeDefinitions] = new("What each figure means: kpi --define", "Hvad hvert nøgletal betyder: kpi --define"),
        [FigureWord.Imported] = new("{0} from imported history", "{0} fra importeret historik"),
        [FigureWord.NotAveraged] = new("Won before it was accepted, or the acceptance only concluded; not averaged:", "Vundet før godkendelsen, eller godkendelsen er kun udledt; ikke med i gennemsnit:"),
        [FigureWord.Definitions] = new("Definitions", "Definitioner"),
        [FigureWord.Restated] = new("RESTATED: told up to an instant, and another answer to the same question today", "ÆNDRET: fortalt til og med et tidspunkt, og et andet svar på det samme spørgsmål i dag"),
        [FigureWord.Nothing] = new("Nothing to count yet.", "Endnu intet at tælle."),
    };

    internal static readonly IReadOnlyDictionary<FigureSection, LocalWords> Sections = new Dictionary<FigureSection, LocalWords>
    {
        [FigureSection.MqlToSal] = new("MQL TO SAL: does sales want what marketing sends?", "MQL TIL SAL: vil salg have det, marketing sender?"),
        [FigureSection.SalToCustomer] = new("SAL TO CUSTOMER: does it become business?", "SAL TIL KUNDE: bliver det til forretning?"),
        [FigureSection.SalToWon] = new("TIME FROM SAL TO WON SALE: how long does it take?", "TID FRA SAL TIL VUNDET SALG: hvor længe tager det?"),
        [FigureSection.Answers] = new("ANSWERS: does everybody keep the agreement?", "SVAR: holder alle aftalen?"),
        [FigureSection.Returns] = new("WHAT CAME BACK, AND WHO WAS RIGHT", "HVAD KOM TILBAGE, OG HVEM HAVDE RET"),
        [FigureSection.Stages] = new("STAGES", "TRIN"),
    };

    internal static readonly IReadOnlyDictionary<KpiRemarkKind, LocalWords> Remarks = new Dictionary<KpiRemarkKind, LocalWords>
    {
        [KpiRemarkKind.TooFew] = new("too few", "for få"),
        [KpiRemarkKind.WithinDays] = new("within {0} days", "inden for {0} dage"),
        [KpiRemarkKind.UndecidedLeftOut] = new("undecided left out", "uden svar er ikke med"),
        [KpiRemarkKind.Throughput] = new("throughput of the period, not a rate; may exceed 1", "periodens gennemløb, ikke en rate; kan overstige 100 %"),
        [KpiRemarkKind.ClosedOnly] = new("closed sales only; calendar days", "kun afsluttede salg; kalenderdage"),
        [KpiRemarkKind.NotAveraged] = new("{0} not averaged", "{0} ikke med i gennemsnit"),
        [KpiRemarkKind.NotReached] = new("{0} % not reached", "{0} % ikke nået"),
        [KpiRemarkKind.Competing] = new("competing ends counted", "konkurrerende udfald medregnet"),
        [KpiRemarkKind.Concluded] = new("{0} concluded from a later stage", "{0} udledt af et senere trin"),
        [KpiRemarkKind.NotKnown] = new("the data do not tell it", "fremgår ikke af data"),
        [KpiRemarkKind.AroundTheClock] = new("hours around the clock", "timer døgnet rundt"),
    };

    internal static readonly IReadOnlyDictionary<string, LocalWords> Parts = new Dictionary<string, LocalWords>(StringComparer.Ordinal)
    {
        ["WrongIndustry"] = new("wrong industry", "forkert branche"),
        ["WrongCompanySize"] = new("wrong size", "forkert størrelse"),
        ["WrongGeography"] = new("wrong country", "forkert land"),
        ["WrongRole"] = new("wrong person", "forkert person"),
        ["NoNeed"] = new("no need", "intet behov"),
        ["NoBudget"] = new("no budget", "intet budget"),
        ["BadTiming"] = new("bad timing", "ikke nu"),
        ["ExistingCustomerOrOpenDeal"] = new("customer or open deal", "kunde eller åben sag"),
        ["Duplicate"] = new("duplicate", "dublet"),
        ["NeverRelevant"] = new("never relevant", "aldrig relevant"),
        ["Other"] = new("other", "andet"),
        ["Unknown"] = new("reason not known", "årsag ukendt"),
        [nameof(LifecycleStage.MarketingQualified)] = new("MQL", "MQL"),
        [nameof(LifecycleStage.SalesAccepted)] = new("SAL", "SAL"),
        [nameof(LifecycleStage.SalesQualified)] = new("SQL", "SQL"),
        [nameof(LifecycleStage.Opportunity)] = new("opportunity", "salgsmulighed"),
        [nameof(LifecycleStage.Customer)] = new("customer", "kunde"),
        [nameof(LifecycleStage.Lead)] = new("lead", "lead"),
    };
}
