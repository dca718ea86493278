namespace CrmSync.Leads;

/// <summary>
/// How far a lead has come, in canonical order. What an account calls a stage, and where it keeps it, is its adapter's
/// mapping; the order of the members is the default order of the funnel.
/// </summary>
public enum LifecycleStage
{
    /// <summary>A person record that may become a hand-over.</summary>
    Lead,

    /// <summary>MQL: marketing's criteria are met; sales has not decided.</summary>
    MarketingQualified,

    /// <summary>SAL: sales agreed, in writing, to work it.</summary>
    SalesAccepted,

    /// <summary>SQL: sales has qualified it as ready for an offer.</summary>
    SalesQualified,

    /// <summary>A monetary record exists in a pipeline.</summary>
    Opportunity,

    /// <summary>Won.</summary>
    Customer,
}
