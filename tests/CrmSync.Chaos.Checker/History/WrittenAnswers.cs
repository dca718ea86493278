namespace CrmSync.Chaos.Checker.History;

/// <summary>What the options of the answer field say.</summary>
public static class WrittenAnswers
{
    /// <summary>The state of a hand-over that was answered so; null: nothing follows from it, or it may still lack its reason.</summary>
    public static string? StateOf(string? answer) => answer switch
    {
        "accept" or "take" => "Accepted",
        "return" => "Returned",
        "reject_never_relevant" => "Disqualified",
        "reject_other" => null,
        _ => answer?.StartsWith("reject_", StringComparison.Ordinal) == true ? "Rejected" : null,
    };

    /// <summary>The option as people read it in English.</summary>
    public static string? LabelOf(string? answer) => CrmDialect.Pipedrive.Values[CrmFields.Answer].FirstOrDefault(option => option.Value == answer).Key;
}
