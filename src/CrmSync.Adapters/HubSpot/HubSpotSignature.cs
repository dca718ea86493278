using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Signature v3: HMAC-SHA-256 over method, URI, body and timestamp. The URI is the one HubSpot was told to call, which
/// the proxy between us may have changed; some of its escapes are undone before hashing, exactly as documented.
/// </summary>
internal sealed class HubSpotSignature(IReadOnlyList<Secret> secrets, Uri? publicUrl, bool allowV1)
{
    private const string V3 = "X-HubSpot-Signature-v3";
    private const string Timestamp = "X-HubSpot-Request-Timestamp";
    private const long MostMilliseconds = 5 * 60 * 1000;
    private const int V3Length = 44;

    private readonly byte[][] _keys = [.. secrets.Select(s => Encoding.UTF8.GetBytes(s.Reveal())).Where(k => k.Length > 0)];
    private readonly string? _base = publicUrl?.OriginalString.Split('?')[0];
    private readonly string _query = publicUrl?.OriginalString.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? publicUrl.OriginalString[at..] : "";

    public bool IsAuthentic(WebhookDelivery delivery, DateTimeOffset now) =>
        Header(delivery, V3) is { } signature ? IsV3(signature, delivery, now) : allowV1 && IsV1(delivery);

    private bool IsV3(string signature, WebhookDelivery delivery, DateTimeOffset now)
    {
        if (signature.Length != V3Length || Header(delivery, Timestamp) is not { } timestamp || !IsRecent(timestamp, now))
            return false;
        var uri = HubSpotEscapes.Undo(UriOf(delivery));
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(delivery.Method.Length + uri.Length + timestamp.Length) + delivery.Body.Length);
        var length = Encoding.UTF8.GetBytes(delivery.Method, rented);
        length += Encoding.UTF8.GetBytes(uri, rented.AsSpan(length));
        delivery.Body.Span.CopyTo(rented.AsSpan(length));
        length += delivery.Body.Length;
        length += Encoding.UTF8.GetBytes(timestamp, rented.AsSpan(length));
        var authentic = Matches(signature, rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return authentic;
    }

    /// <summary>Compares the text sent, not what it decodes to: one signature has one spelling. All secrets are tried.</summary>
    private bool Matches(string signature, ReadOnlySpan<byte> message)
    {
        Span<byte> given = stackalloc byte[V3Length];
        if (!Encoding.ASCII.TryGetBytes(signature, given, out var written) || written != V3Length)
            return false;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[V3Length];
        var found = false;
        foreach (var key in _keys)
        {
            HMACSHA256.HashData(key, message, hash);
            System.Buffers.Text.Base64.EncodeToUtf8(hash, expected, out _, out _);
            found |= CryptographicOperations.FixedTimeEquals(given, expected);
        }
        return found;
    }

    /// <summary>Five minutes to either side: an old one may be a replay, a future one a clock to look at.</summary>
    private static bool IsRecent(string timestamp, DateTimeOffset now) =>
        timestamp.Length <= 15 && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && Math.Abs(now.ToUnixTimeMilliseconds() - milliseconds) <= MostMilliseconds;

    private string UriOf(WebhookDelivery delivery)
    {
        var called = delivery.PublicUri.OriginalString;
        if (_base is null)
            return called;
        var query = called.IndexOf('?', StringComparison.Ordinal);
        return _base + (query >= 0 ? called[query..] : _query);
    }

    /// <summary>No timestamp, so a captured call can be sent again for ever: only for who asks for it.</summary>
    private bool IsV1(WebhookDelivery delivery)
    {
        if (Header(delivery, "X-HubSpot-Signature") is not { Length: 64 } signature || Header(delivery, "X-HubSpot-Signature-Version") is not "v1")
            return false;
        Span<byte> given = stackalloc byte[64];
        if (!Encoding.ASCII.TryGetBytes(signature, given, out _))
            return false;
        var found = false;
        foreach (var key in _keys)
        {
            byte[] message = [.. key, .. delivery.Body.Span];
            found |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(message))));
        }
        return found;
    }

    private static string? Header(WebhookDelivery delivery, string name)
    {
        if (delivery.Headers.TryGetValue(name, out var value))
            return value;
        foreach (var (key, other) in delivery.Headers)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return other;
        return null;
    }
}

/// <summary>The escapes that are undone before hashing; every other one stays as it is.</summary>
internal static class HubSpotEscapes
{
    private const string Codes = "3A2F3F402127282A2C3B2429";
    private const string Signs = ":/?@!'(*,;$)";

    public static string Undo(string uri)
    {
        if (!uri.Contains('%', StringComparison.Ordinal))
            return uri;
        var plain = new StringBuilder(uri.Length);
        for (var i = 0; i < uri.Length; i++)
        {
            var sign = uri[i] == '%' && i + 2 < uri.Length ? SignOf(uri.AsSpan(i + 1, 2)) : null;
            plain.Append(sign ?? uri[i]);
            if (sign is not null)
                i += 2;
        }
        return plain.ToString();
    }

    private static char? SignOf(ReadOnlySpan<char> code)
    {
        for (var i = 0; i < Signs.Length; i++)
            if (code.SequenceEqual(Codes.AsSpan(i * 2, 2)))
                return Signs[i];
        return null;
    }
}
