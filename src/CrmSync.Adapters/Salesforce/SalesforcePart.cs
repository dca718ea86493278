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

    /// <summary>The same of contacts where no history is asked for: whether a stage that is empty was emptied.</summary>
    Traces,
}
