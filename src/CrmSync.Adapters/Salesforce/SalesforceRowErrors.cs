namespace CrmSync.Adapters.Salesforce;

/// <summary>What an error of one row means: many codes, few consequences.</summary>
internal static class SalesforceRowErrors
{
    private static readonly HashSet<string> Missing = ["ENTITY_IS_DELETED", "NOT_FOUND", "INVALID_CROSS_REFERENCE_KEY", "MALFORMED_ID"];

    /// <summary>Of a task: that the person or the task is gone is told by the field that names them.</summary>
    public static (WriteOutcome Outcome, string Reason) OfActivity(IReadOnlyList<SalesforceError> errors) =>
        errors.Any(e => Missing.Contains(e.Code) && (e.Fields ?? []).Contains("WhoId"))
            ? (WriteOutcome.Gone, SalesforceErrors.Describe(errors))
            : Of(errors);

    /// <summary>What became of the row, and why in Salesforce's own codes.</summary>
    public static (WriteOutcome Outcome, string Reason) Of(IReadOnlyList<SalesforceError> errors)
    {
        var reason = SalesforceErrors.Describe(errors);
        if (errors.Any(e => e.Code == "CANNOT_UPDATE_CONVERTED_LEAD"))
            return (WriteOutcome.Gone, "converted");
        if (SalesforcePassing.IsOf(errors))
            return (WriteOutcome.NotSent, reason);
        // The same code tells of the record itself, and of an owner that the row names.
        if (errors.Any(e => Missing.Contains(e.Code) && (e.Fields ?? []).All(f => f is null or "Id")))
            return (WriteOutcome.Gone, reason);
        return (errors.Any(e => e.Code is "UNKNOWN_EXCEPTION" or SalesforceErrors.RunningTooLong) ? WriteOutcome.Unknown : WriteOutcome.Refused, reason);
    }
}
