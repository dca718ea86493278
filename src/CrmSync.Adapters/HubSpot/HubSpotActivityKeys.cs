namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Where a task or note carries its key: in a unique property, by which HubSpot itself keeps it single, or, where an account
/// cannot have one, in its body.
/// </summary>
internal sealed class HubSpotActivityKeys(HubSpotClient client, HubSpotOptions options)
{
    public const string Property = "crmsync_key";
    public const string Tasks = HubSpotStreams.Tasks;
    public const string Notes = "notes";

    private Dictionary<string, bool> _known = [];

    public static IReadOnlyList<string> Types { get; } = [Tasks, Notes];

    public static string TypeOf(ActivityKind kind) => kind == ActivityKind.Task ? Tasks : Notes;

    /// <summary>What stands in a body instead of the property; in brackets, since one key may be the beginning of another.</summary>
    public static string InBody(string key) => $"[{key}]";

    /// <summary>Whether any key stands in a body: a single word in brackets, of parts with a slash between.</summary>
    public static bool IsInBody(string? body)
    {
        var start = body?.LastIndexOf('[') ?? -1;
        var end = start < 0 ? -1 : body!.IndexOf(']', start);
        return end > start && body.AsSpan(start, end - start) is var word && word.Contains('/') && !word.ContainsAny(' ', '<');
    }

    /// <summary>Asked once; a set-up in between shows after the next check.</summary>
    public async Task<bool> AreInPropertyAsync(string type, CancellationToken cancellationToken)
    {
        if (!options.KeysInProperty)
            return false;
        if (_known.TryGetValue(type, out var known))
            return known;
        var isUnique = await IsUniqueAsync(type, cancellationToken).ConfigureAwait(false);
        _known = new(_known) { [type] = isUnique };
        return isUnique;
    }

    public void Forget() => _known = [];

    private async Task<bool> IsUniqueAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            var property = await client.Api.PropertyAsync(client.Paths.Properties, type, Property, cancellationToken).ConfigureAwait(false);
            return property.HasUniqueValue == true;
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            return false;
        }
    }
}
