namespace CrmSync.Adapters;

/// <summary>What an app was granted, held against what it needs; both in the vendor's words.</summary>
public sealed record CrmScopes(IReadOnlyList<string> Needed, IReadOnlyList<string> Granted)
{
    private const string Everything = "full";
    private const string Read = ":read";
    private const string Full = ":full";

    /// <summary>Words that come with every grant and open nothing.</summary>
    private static readonly string[] Formal = ["oauth", "base", "openid", "id", "refresh_token", "offline_access"];

    /// <summary>What is needed and was not granted, nor is part of what was.</summary>
    public IReadOnlyList<string> Missing =>
        Granted.Contains(Everything) ? [] : [.. Needed.Where(scope => !Granted.Contains(scope) && !Granted.Contains(Wider(scope)))];

    /// <summary>What was granted and is not needed.</summary>
    public IReadOnlyList<string> Excess => [.. Granted.Except(Needed).Except(Formal).Order(StringComparer.Ordinal)];

    private static string Wider(string scope) => scope.EndsWith(Read, StringComparison.Ordinal) ? scope[..^Read.Length] + Full : scope;
}
