namespace CrmSync.Adapters.Salesforce;

/// <summary>Refusals that pass: certainly not applied, and worth another try.</summary>
internal static class SalesforcePassing
{
    /// <summary>Our own word for a condition that no longer held.</summary>
    public const string ModifiedSince = "modified-since";
    private const string Locked = "UNABLE_TO_LOCK_ROW";

    private static readonly HashSet<string> Codes =
    [
        ModifiedSince, Locked, "ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED", "BATCH_PROCESSING_HALTED", "QUERY_TIMEOUT", "ORG_IN_MAINTENANCE",
        "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE", "TXN_SECURITY_RUNTIME_ERROR",
        "TXN_SECURITY_APEX_ERROR", "TXN_SECURITY_METERING_ERROR", "TXN_SECURITY_FAIL_CLOSE",
    ];

    public static bool IsOf(IEnumerable<SalesforceError> errors) =>
        errors.Any(e => Codes.Contains(e.Code) || (IsOfWrapping(e) && e.Says(Locked)));

    /// <summary>An org's triggers and flows that met the lock: the code is theirs, and only the words name it.</summary>
    private static bool IsOfWrapping(SalesforceError error) => error.Code is "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" or "CANNOT_EXECUTE_FLOW_TRIGGER";
}
