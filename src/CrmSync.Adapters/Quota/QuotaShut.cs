namespace CrmSync.Adapters.Quota;

/// <summary>Somebody on the way to the vendor lets nothing through for a while: what that is, and what the admin can do.</summary>
internal sealed record QuotaShut(string Problem, string Repair);
