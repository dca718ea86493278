namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// The account's custom fields. Asking costs tokens, so what was found holds for some hours, or until a refusal shows that it is old.
/// </summary>
internal sealed class PipedriveSchema(PipedriveClient client, PipedriveOptions options, PipedriveShelf shelf, TimeProvider time) : IDisposable
{
    private const int PageSize = 500;
    private const int MostPages = 20;
    private readonly SemaphoreSlim _single = new(1, 1);
    private PipedriveFieldBook? _former;
    private volatile Kept _kept = new();

    public async Task<PipedriveFieldBook> ReadAsync(CancellationToken cancellationToken)
    {
        if (Fresh(_kept) is { } fresh)
            return fresh;
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var kept = _kept;
            if (Fresh(kept) is { } book)
                return book;
            return Keep(kept, await BookAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _single.Release();
        }
    }

    /// <summary>Asks for the deal fields alone. Whether they are others than those that were gone by: then all the rest is asked anew as well.</summary>
    public async Task<bool> RenewAsync(PipedriveFieldBook used, CancellationToken cancellationToken)
    {
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var book = await BookAsync(cancellationToken).ConfigureAwait(false);
            var isOther = !book.IsLike(used);
            if (isOther)
                _kept = new();
            Keep(_kept, book);
            return isOther;
        }
        finally
        {
            _single.Release();
        }
    }

    /// <summary>Asks for the deal fields alone. Whether they are like these; where they cannot be asked for, no: a whole check tells why.</summary>
    public async Task<bool> IsLikeAsync(PipedriveFieldBook used, CancellationToken cancellationToken)
    {
        try
        {
            return !await RenewAsync(used, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException)
        {
            return false;
        }
    }

    /// <summary>The fields of persons or organisations; null where we may not see them.</summary>
    public async Task<IReadOnlyList<PipedriveField>?> OfAsync(string list, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        var others = _kept.Others;
        try
        {
            if (!others.TryGetValue(list, out var known))
                others[list] = known = await AllAsync(list, cancellationToken).ConfigureAwait(false);
            return known;
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return others[list] = null;
        }
        finally
        {
            _single.Release();
        }
    }

    /// <summary>Everything is asked anew; a reading that is under way fills what nobody looks at any more.</summary>
    public void Forget() => _kept = new();

    public void Dispose() => _single.Dispose();

    private async Task<PipedriveFieldBook> BookAsync(CancellationToken cancellationToken) =>
        new(await AllAsync("dealFields", cancellationToken).ConfigureAwait(false), options, _former);

    private PipedriveFieldBook Keep(Kept kept, PipedriveFieldBook book)
    {
        kept.Deals = new(book, time.GetTimestamp());
        return shelf.Book = _former = book;
    }

    private PipedriveFieldBook? Fresh(Kept kept) => kept.Deals is { } known && time.GetElapsedTime(known.At) < options.CheckEvery ? known.Book : null;

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

    private sealed class Kept
    {
        public volatile KeptFields? Deals;

        /// <summary>Read and written by whoever holds the semaphore.</summary>
        public Dictionary<string, IReadOnlyList<PipedriveField>?> Others { get; } = [];
    }

    private sealed record KeptFields(PipedriveFieldBook Book, long At);
}
