namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Where a task carries its key: in a unique field, by which Salesforce itself keeps it single, or, where an org cannot have one,
/// in its body. A note is a task that is done already.
/// </summary>
internal sealed class SalesforceActivityKeys(SalesforceSchema schema, SalesforceOptions options)
{
    public const string Object = "Task";

    /// <summary>Custom fields of tasks and events belong to both.</summary>
    public const string Owner = "Activity";
    public const string Field = "CrmSync_Key__c";

    /// <summary>What stands in a body instead of the field; in brackets, since one key may be the beginning of another.</summary>
    public static string InBody(string key) => $"[{key}]";

    public async Task<bool> AreInFieldAsync(CancellationToken cancellationToken) =>
        options.KeysInField && IsKey(await FindAsync(cancellationToken).ConfigureAwait(false));

    public async Task<SalesforceField?> FindAsync(CancellationToken cancellationToken) =>
        (await schema.FieldsAsync(Object, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(Field);

    public static bool IsKey(SalesforceField? field) => field is { ExternalId: true, Unique: true };
}
