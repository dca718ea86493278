using System.Security.Cryptography;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>The app that an org's admin made for a client.</summary>
internal sealed record ConnectedApp(Org Org, string ClientId, string ClientSecret)
{
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    /// <summary>The key that signs assertions; made when first asked for, since that takes long.</summary>
    public RSA Key => key.Value;

    public string RefreshToken { get; set; } = "";
}
