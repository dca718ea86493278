using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>A signed statement of a client that it acts for a user of the org.</summary>
internal static class JwtAssertion
{
    /// <summary>Five minutes, and what the client's clock may be ahead of ours: one that asks for all of them is at the edge.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(2);

    /// <summary>The app that the statement is from, or why it is not believed.</summary>
    public static (ConnectedApp? App, string Problem) Check(SessionBook sessions, string assertion, Uri baseUrl, DateTimeOffset now)
    {
        var parts = assertion.Split('.');
        if (parts.Length != 3 || Json(parts[0]) is not { } header || Json(parts[1]) is not { } claims || Bytes(parts[2]) is not { } signature)
        {
            return (null, "invalid assertion");
        }

        if (Text(header, "alg") != "RS256" || sessions.AppOf(Text(claims, "iss")) is not { } app)
        {
            return (null, Text(header, "alg") == "RS256" ? "invalid client id" : "invalid assertion");
        }

        if (!app.Key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            return (null, "invalid assertion");
        }

        if (Text(claims, "aud")?.TrimEnd('/') is not ("https://login.salesforce.com" or "https://test.salesforce.com")
            && Text(claims, "aud")?.TrimEnd('/') != baseUrl.ToString().TrimEnd('/'))
        {
            return (null, "audience is invalid");
        }

        if (claims["exp"] is not JsonValue value || !value.TryGetValue<long>(out var seconds) || seconds <= now.ToUnixTimeSeconds()
            || seconds > (now + Furthest).ToUnixTimeSeconds())
        {
            return (null, "expired authorization code");
        }

        return (Text(claims, "prn") ?? Text(claims, "sub")) == app.Org.ApiUser.Username ? (app, "") : (null, "user hasn't approved this consumer");
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject? Json(string part)
    {
        try
        {
            return Bytes(part) is { } bytes ? JsonNode.Parse(bytes) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        var text = part.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length) ? bytes[..length] : null;
    }
}
