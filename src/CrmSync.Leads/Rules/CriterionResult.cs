namespace CrmSync.Leads.Rules;

/// <summary>
/// Kleene's three truth values, in their order: "and" is the lesser, "or" the greater. Unknown never equals NotMet.
/// </summary>
public enum CriterionResult
{
    NotMet,
    Unknown,
    Met,
}
