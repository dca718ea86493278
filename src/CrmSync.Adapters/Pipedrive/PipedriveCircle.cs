namespace CrmSync.Adapters.Pipedrive;

/// <summary>Notices a list that goes on for ever: page after page of what was there before, or of nothing. One such page may be a repetition.</summary>
internal sealed class PipedriveCircle
{
    private const int Most = 3;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _pages, _taken;

    /// <param name="records">All that the list has given up to here.</param>
    /// <exception cref="CrmException">The pages tell nothing new any more.</exception>
    public void Pass(List<PipedriveRecord> records)
    {
        var known = _seen.Count;
        _seen.UnionWith(records.Skip(_taken).Select(r => r.Id!));
        (_taken, _pages) = (records.Count, _seen.Count > known ? 0 : _pages + 1);
        if (_pages == Most)
            throw new CrmException(CrmFailure.Transient, $"Pipedrive gave {Most} pages of a list that told nothing new, and says that more follow.");
    }
}
