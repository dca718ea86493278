namespace CrmSync.Leads.Facts;

/// <summary>A BANT answer. Unknown never equals NotMet.</summary>
public enum BantAnswer
{
    Unknown,
    Met,
    NotMet,
}
