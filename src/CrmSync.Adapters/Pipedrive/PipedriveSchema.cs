namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// The account's custom fields. Asking costs tokens, so what was found holds for some hours, or until a refusal shows that it is old.
/// </summary>
internal sealed class PipedriveSchema(PipedriveClient client, PipedriveOptions options, TimeProvider time) : IDisposable
{
    private const int PageSize = 500;
    private const int MostPages = 20;
    private readonly SemaphoreSlim _single = new(1, 1);
    private readonly Dictionary<string, IReadOnlyList<PipedriveField>?> _others = [];
    private PipedriveFieldBook? _former;
    private volatile KeptFields? _known;

    public async Task<PipedriveFieldBook> ReadAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
            return fresh;
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Fresh() is { } book)
                return book;
            _former = new(await AllAsync("dealFields", cancellationToken).ConfigureAwait(false), options, _former);
            _known = new(_former, time.GetTimestamp());
            return _former;
        }
        finally
        {
            _single.Release();
        }
    }

    /// <summary>The fields of persons or organisations; null where we may not see them.</summary>
    public async Task<IReadOnlyList<PipedriveField>?> OfAsync(string list, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_others.TryGetValue(list, out var known))
                _others[list] = known = await AllAsync(list, cancellationToken).ConfigureAwait(false);
            return known;
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return _others[list] = null;
        }
        finally
        {
            _single.Release();
        }
    }

    public void Forget()
    {
        _single.Wait();
        try
        {
            _known = null;
            _others.Clear();
        }
        finally
        {
            _single.Release();
        }
    }

    public void Dispose() => _single.Dispose();

    private PipedriveFieldBook? Fresh() => _known is { } known && time.GetElapsedTime(known.At) < options.CheckEvery ? known.Book : null;

    private async Task<IReadOnlyList<PipedriveField>> AllAsync(string list, CancellationToken cancellationToken)
    {
        var fields = new List<PipedriveField>();
        string? cursor = null;
        for (var pages = 0; pages == 0 || (cursor is not null && pages < MostPages); pages++)
        {
            var page = await client.Api.FieldsAsync(PipedrivePaths.V2, list, cursor, PageSize, cancellationToken).ConfigureAwait(false);
            if (page is not { Success: not false, Data: { } data })
                throw new CrmException(CrmFailure.Transient, "Pipedrive's answer has no fields.");
            fields.AddRange(data.Select(f => f.Record).OfType<PipedriveField>().Where(f => f.FieldCode is not null));
            cursor = page.AdditionalData?.NextCursor;
        }
        return fields;
    }

    private sealed record KeptFields(PipedriveFieldBook Book, long At);
}
