namespace CrmSync.Adapters;

/// <summary>
/// A merge as a CRM tells of it while it happens. Told where the record that went says afterwards no more than that it is gone.
/// </summary>
/// <param name="From">The record that went.</param>
/// <param name="Into">The one that it lives on in.</param>
public sealed record ToldMerge(string From, string Into);
