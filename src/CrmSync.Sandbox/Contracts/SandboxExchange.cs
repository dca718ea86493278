namespace CrmSync.Sandbox.Contracts;

/// <summary>A request and the answer that a dialect gave to it, whole, for whoever looks on.</summary>
/// <param name="Path">The path without the query.</param>
/// <param name="Body">What was sent; empty for nothing.</param>
/// <param name="Answer">What was answered; empty for nothing.</param>
public sealed record SandboxExchange(string Crm, string Method, string Path, string Body, int Status, string Answer)
{
    /// <summary>The names of the query's parameters.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
}
