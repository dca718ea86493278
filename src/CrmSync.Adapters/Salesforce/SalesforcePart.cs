namespace CrmSync.Adapters.Salesforce;

/// <summary>The parts of an answer.</summary>
internal enum SalesforcePart
{
    Records,
    Merged,
    Converted,
    Roles,
    Members,
    Tasks,
    Events,
    History,
}
