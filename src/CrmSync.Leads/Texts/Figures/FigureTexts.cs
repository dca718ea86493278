namespace CrmSync.Leads.Texts.Figures;

/// <summary>A figure's name and definition in both languages.</summary>
internal sealed record FigureTexts(FigureSection Section, LocalWords Name, LocalWords Definition);

/// <summary>The same words in both languages.</summary>
internal sealed record LocalWords(string English, string Danish)
{
    internal string In(string language) => language == "da" ? Danish : English;
}

/// <summary>Under which heading a figure stands.</summary>
public enum FigureSection
{
    MqlToSal,
    SalToCustomer,
    SalToWon,
    Answers,
    Returns,
    Stages,
}
