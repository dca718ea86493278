namespace CrmSync.Leads.Handover;

/// <summary>Ours and the CRM's: an instant of the one is compared with an instant of the other only this far apart.</summary>
public static class TwoClocks
{
    /// <summary>By how much the CRM's clock may be behind ours.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);
}
