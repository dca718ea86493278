using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CrmSync.Adapters.Salesforce;

/// <summary>The signed statement of the JWT bearer flow: this app asks in that user's name, now.</summary>
internal static class SalesforceAssertion
{
    /// <param name="privateKey">An RSA key in PEM form.</param>
    /// <param name="end">Until when it is good.</param>
    public static string Make(string clientId, string username, string audience, Secret privateKey, DateTimeOffset end)
    {
        using var key = RSA.Create();
        key.ImportFromPem(privateKey.Reveal());
        var claims = new Dictionary<string, object>
        {
            ["iss"] = clientId,
            ["sub"] = username,
            ["aud"] = audience,
            ["exp"] = end.ToUnixTimeSeconds(),
        };
        var signed = $"{Part("""{"alg":"RS256"}"""u8)}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Part(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
