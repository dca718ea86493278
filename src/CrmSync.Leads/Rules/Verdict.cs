namespace CrmSync.Leads.Rules;

/// <summary>What the rules say of a lead that is not yet in sales' hands.</summary>
public enum Verdict
{
    /// <summary>The MQL gate says no, and no missing fact could change that.</summary>
    NotReady,

    /// <summary>The MQL gate would turn on facts that nobody has filled in: not the same as a poor fit.</summary>
    NotEnoughData,

    /// <summary>The MQL gate passes; the offer gate holds the lead back.</summary>
    MarketingQualified,

    /// <summary>Both gates pass: hand it over.</summary>
    Offer,
}
