using System.Collections.Concurrent;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Which fields of an object our user sees. A hidden field in a query fails it like one that is misspelt, so each object is asked
/// once, and again after it proved to have changed.
/// </summary>
internal sealed class SalesforceSchema(SalesforceClient client)
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, SalesforceField>> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By name; empty for an object that is hidden.</summary>
    public async Task<IReadOnlyDictionary<string, SalesforceField>> FieldsAsync(string type, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(type, out var known))
            return known;
        return _known[type] = await AskAsync(type, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> HasAsync(string type, string field, CancellationToken cancellationToken) =>
        (await FieldsAsync(type, cancellationToken).ConfigureAwait(false)).ContainsKey(field);

    public void Forget() => _known.Clear();

    /// <summary>Runs a reading again, once, if a field or an object that it asked for has been hidden or deleted since.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (CrmException e) when (SalesforceErrors.Has(e, SalesforceErrors.FieldUnknown, SalesforceErrors.TypeUnknown))
        {
            Forget();
            return await read().ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyDictionary<string, SalesforceField>> AskAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            var description = await client.Api.DescribeAsync(client.Paths.Data, type, cancellationToken).ConfigureAwait(false);
            return (description.Fields ?? []).Where(f => f.Name is not null).DistinctBy(f => f.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(f => f.Name!, StringComparer.OrdinalIgnoreCase);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            return new Dictionary<string, SalesforceField>();
        }
    }
}
