using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Adapters;

/// <summary>One try to be authorised. State and verifier are new for each, so that an answer to another try is no answer.</summary>
/// <param name="Redirect">Where the browser is sent with the code; as it is registered with the app.</param>
/// <param name="State">Comes back with the code.</param>
/// <param name="Verifier">Proves that who redeems the code is who asked for it (PKCE).</param>
public sealed record AuthorizationTry(Uri Redirect, string State, Secret Verifier)
{
    private const int Length = 32;

    /// <summary>What of the verifier may be seen on the way.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier.Reveal())));

    public static AuthorizationTry New(Uri redirect) => new(redirect, Random(), new(Random()));

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
}

/// <summary>What an authorisation brought.</summary>
/// <param name="AccountId">The account that it is for; null where the answer does not say.</param>
public sealed record AuthorizedGrant(Grant Grant, string? AccountId);

/// <summary>Has a person let the app of one connection in: a page of the vendor's, and the code that comes of it.</summary>
public interface ICrmAuthorization
{
    /// <summary>The page to open in a browser.</summary>
    Uri PageOf(AuthorizationTry attempt);

    /// <summary>Redeems a code. It is sent once: a code is good for one use.</summary>
    /// <exception cref="CrmException">Refused by the vendor, or for another account than the pinned one.</exception>
    Task<AuthorizedGrant> RedeemAsync(string code, AuthorizationTry attempt, CancellationToken cancellationToken);
}
