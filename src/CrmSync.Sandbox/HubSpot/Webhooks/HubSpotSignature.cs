using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Sandbox.HubSpot.Webhooks;

/// <summary>HubSpot's request signatures.</summary>
internal static class HubSpotSignature
{
    /// <summary>A plain hash of the secret and the body.</summary>
    public static string V1(string secret, ReadOnlySpan<byte> body) => Hex(secret, body);

    /// <summary>A plain hash of the secret, the method, the url and the body.</summary>
    public static string V2(string secret, string method, string url, ReadOnlySpan<byte> body) => Hex(secret + method + url, body);

    /// <summary>A keyed hash of the method, the url with some escapes decoded, the body and the timestamp in milliseconds.</summary>
    public static string V3(string secret, string method, string url, ReadOnlySpan<byte> body, string timestamp)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(method + Decode(url)), .. body, .. Encoding.UTF8.GetBytes(timestamp)];
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message));
    }

    private static string Hex(string prefix, ReadOnlySpan<byte> body)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(prefix), .. body];
        return Convert.ToHexStringLower(SHA256.HashData(message));
    }

    /// <summary>Decodes exactly the escapes that HubSpot names; any other stays as it is.</summary>
    private static string Decode(string url)
    {
        ReadOnlySpan<(string Escape, string Character)> escapes =
        [
            ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
        ];
        foreach (var (escape, character) in escapes)
        {
            url = url.Replace(escape, character, StringComparison.Ordinal);
        }

        return url;
    }
}
