using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Benchmarks.Floor;

/// <summary>HubSpot's signature, version 3, checked with as little as it takes.</summary>
internal sealed class FloorSignature(string secret, string signedAs)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);
    private readonly byte[] _before = Encoding.UTF8.GetBytes("POST" + signedAs);

    public bool IsGood(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var timestamp = headers["X-HubSpot-Request-Timestamp"].ToString();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || (DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(at)).Duration() > Fresh)
            return false;
        var message = ArrayPool<byte>.Shared.Rent(_before.Length + body.Length + timestamp.Length);
        _before.CopyTo(message, 0);
        body.CopyTo(message.AsSpan(_before.Length));
        Encoding.ASCII.GetBytes(timestamp, message.AsSpan(_before.Length + body.Length));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, message.AsSpan(0, _before.Length + body.Length + timestamp.Length), hash);
        ArrayPool<byte>.Shared.Return(message);
        return Matches(hash, headers["X-HubSpot-Signature-v3"].ToString());
    }

    private static bool Matches(ReadOnlySpan<byte> hash, string claimed)
    {
        Span<byte> expected = stackalloc byte[44];
        Span<byte> given = stackalloc byte[44];
        Base64.EncodeToUtf8(hash, expected, out _, out _);
        return claimed.Length == given.Length && Encoding.ASCII.GetBytes(claimed, given) == given.Length
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
