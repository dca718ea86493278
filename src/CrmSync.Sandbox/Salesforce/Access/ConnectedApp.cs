using System.Security.Cryptography;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>The app that an org's admin made for a client.</summary>
internal sealed record ConnectedApp(Org Org, string ClientId, string ClientSecret)
{
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    /// <summary>The refresh token before this one, and when it was exchanged.</summary>
    private (string Token, DateTimeOffset SpentAt) former = ("", default);

    /// <summary>The key that signs assertions; made when first asked for, since that takes long.</summary>
    public RSA Key => key.Value;

    public string RefreshToken { get; private set; } = "";

    /// <summary>Whether a refresh token lets its bearer in.</summary>
    public bool Takes(string? token, DateTimeOffset now) =>
        !string.IsNullOrEmpty(token) && (token == RefreshToken || (token == former.Token && former.SpentAt.AddSeconds(Org.Switches.RefreshGraceSeconds) > now));

    public void Renew(string token, DateTimeOffset now) => (former, RefreshToken) = ((RefreshToken, now), token);

    public void Revoke() => (former, RefreshToken) = (("", default), "");
}
