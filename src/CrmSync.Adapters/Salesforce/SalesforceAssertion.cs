using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CrmSync.Adapters.Salesforce;

/// <summary>The signed statement of the JWT bearer flow: this app asks in that user's name, now.</summary>
internal static class SalesforceAssertion
{
    /// <summary>Salesforce takes some minutes ahead; which number exactly is not documented, and three is what its clients use.</summary>
    private const int LifeSeconds = 180;

    /// <param name="privateKey">An RSA key in PEM form.</param>
    public static string Make(string clientId, string username, string audience, Secret privateKey, DateTimeOffset now)
    {
        using var key = RSA.Create();
        key.ImportFromPem(privateKey.Reveal());
        var claims = new Dictionary<string, object>
        {
            ["iss"] = clientId,
            ["sub"] = username,
            ["aud"] = audience,
            ["exp"] = now.ToUnixTimeSeconds() + LifeSeconds,
        };
        var signed = $"{Part("""{"alg":"RS256"}"""u8)}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Part(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
