namespace CrmSync.Adapters.Pipedrive;

/// <summary>What a plan of Pipedrive's allows: tokens a day for each seat, and requests in two seconds by kind of token.</summary>
internal sealed record PipedrivePlan(int TokensPerDay, int Burst)
{
    private const int Tokens = 30_000;

    private static readonly Dictionary<string, PipedrivePlan> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Lite"] = new(Tokens, 20),
        ["Growth"] = new(2 * Tokens, 40),
        ["Premium"] = new(5 * Tokens, 100),
        ["Ultimate"] = new(7 * Tokens, 120),

        // Accounts keep the names under which they bought.
        ["Essential"] = new(Tokens, 20),
        ["Advanced"] = new(2 * Tokens, 40),
        ["Professional"] = new(3 * Tokens, 100),
        ["Power"] = new(5 * Tokens, 100),
        ["Enterprise"] = new(7 * Tokens, 120),
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Requests in two seconds of a plan that nobody named.</summary>
    public static PipedrivePlan Smallest => Known["Lite"];

    public static PipedrivePlan? Find(string? name) => name is null ? null : Known.GetValueOrDefault(name);

    /// <summary>An app may send four times as much as a user's own token.</summary>
    public int BurstOf(bool isOAuth) => isOAuth ? 4 * Burst : Burst;
}
