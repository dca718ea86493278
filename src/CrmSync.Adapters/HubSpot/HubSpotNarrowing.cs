namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Which records of a stream a poll is about. Of most, all. Of tasks, ours that are closed: what people do with the others
/// costs no more than the one search.
/// </summary>
internal sealed class HubSpotNarrowing
{
    private static readonly HubSpotNarrowing All = new();
    private static readonly HubSpotFilter Closed = new(HubSpotActivityProperties.Status, "EQ", HubSpotActivityProperties.Completed);
    private static readonly string BodyOfTask = HubSpotActivityProperties.BodyOf(HubSpotStreams.Tasks);

    private static readonly HubSpotNarrowing Keyed = new() { Filters = [Closed, new(HubSpotActivityKeys.Property, "HAS_PROPERTY")] };

    /// <summary>Search finds no brackets: every closed task is listed, and its body read with it.</summary>
    private static readonly HubSpotNarrowing Marked = new()
    {
        Filters = [Closed],
        Properties = [BodyOfTask],
        Takes = task => HubSpotActivityKeys.IsInBody(task[BodyOfTask]),
    };

    /// <summary>What the search asks for beside the instant of the change.</summary>
    public IReadOnlyList<HubSpotFilter> Filters { get; private init; } = [];

    /// <summary>What is read of each record beside it.</summary>
    public IReadOnlyList<string> Properties { get; private init; } = [];

    /// <summary>Whether a record that was found is one of those wanted.</summary>
    public Func<HubSpotObject, bool> Takes { get; private init; } = _ => true;

    public static async Task<HubSpotNarrowing> OfAsync(string stream, HubSpotActivityKeys keys, CancellationToken cancellationToken)
    {
        if (stream != HubSpotStreams.Tasks)
            return All;
        return await keys.AreInPropertyAsync(stream, cancellationToken).ConfigureAwait(false) ? Keyed : Marked;
    }
}
