using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Chaos.Rigging;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Ways to make a webhook that the CRM did not send. Each starts from a true one and spoils one thing.</summary>
internal static class Forgeries
{
    /// <summary>Events of forged webhooks are numbered from here on.</summary>
    public const long FirstEvent = 9_000_000_000;

    private static readonly TimeSpan TooOld = TimeSpan.FromMinutes(6);

    /// <summary>Makes the request; the number chooses among the variants of a way.</summary>
    public delegate HttpRequestMessage Way(Signer signer, byte[] body, int number);

    public static IReadOnlyList<(string Name, Way Make)> All { get; } =
    [
        .. Signatures(), .. Timestamps(), .. Addresses(), .. Bodies(), .. Methods(),
    ];

    private static IEnumerable<(string, Way)> Signatures()
    {
        yield return ("no signature", (s, b, _) => s.Request(b, null, s.Timestamp()));
        yield return ("an empty signature", (s, b, _) => s.Request(b, "", s.Timestamp()));
        yield return ("another secret", (s, b, n) => With(s, b, secret: $"{s.Secret}{n}"));
        yield return ("no secret", (s, b, _) => With(s, b, secret: ""));
        yield return ("hex instead of base64", (s, b, _) => Changed(s, b, sign => Convert.ToHexStringLower(Convert.FromBase64String(sign))));
        yield return ("lower case", (s, b, _) => Changed(s, b, sign => Different(sign, sign.ToLowerInvariant())));
        yield return ("upper case", (s, b, _) => Changed(s, b, sign => Different(sign, sign.ToUpperInvariant())));
        yield return ("cut short", (s, b, n) => Changed(s, b, sign => sign[..(n % sign.Length)]));
        yield return ("grown", (s, b, n) => Changed(s, b, sign => sign + (char)('A' + (n % 26))));
        yield return ("said twice", (s, b, _) => Changed(s, b, sign => $"{sign},{sign}"));
        yield return ("one character other", (s, b, n) => Changed(s, b, sign => Flip(sign, n % (sign.Length - 2))));
        yield return ("url-safe base64", (s, b, n) => Changed(s, b, sign => Different(sign, sign.Replace('+', '-').Replace('/', '_').TrimEnd('='))));
        yield return ("turned round", (s, b, _) => Changed(s, b, sign => new string([.. sign.Reverse()])));
        yield return ("random bytes", (s, b, n) => Changed(s, b, _ => Convert.ToBase64String(SHA256.HashData(BitConverter.GetBytes(n)))));
        yield return ("the first version's hash", (s, b, _) => Changed(s, b, _ => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(s.Secret), .. b]))));
        yield return ("the second version's hash", (s, b, _) => Changed(s, b, _ => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{s.Secret}POST{s.Address}"), .. b]))));
        yield return ("a plain hash without a key", (s, b, _) => Changed(s, b, _ => Convert.ToBase64String(SHA256.HashData(b))));
        yield return ("in the old header", (s, b, _) => Renamed(s, b, "X-HubSpot-Signature"));
        yield return ("in another vendor's header", (s, b, _) => Renamed(s, b, "X-SFDC-Signature"));
    }

    private static IEnumerable<(string, Way)> Timestamps()
    {
        yield return ("no timestamp", (s, b, _) => s.Request(b, Sign(s, b, ""), null));
        yield return ("an empty timestamp", (s, b, _) => Stamped(s, b, ""));
        yield return ("a word for a timestamp", (s, b, n) => Stamped(s, b, $"now{n}"));
        yield return ("a negative timestamp", (s, b, _) => Stamped(s, b, "-" + s.Timestamp()));
        yield return ("minutes old", (s, b, n) => Stamped(s, b, s.Timestamp(TooOld + TimeSpan.FromSeconds(n % 100_000))));
        yield return ("minutes ahead", (s, b, n) => Stamped(s, b, s.Timestamp(-TooOld - TimeSpan.FromSeconds(n % 100_000))));
        yield return ("in seconds", (s, b, _) => Stamped(s, b, s.Timestamp()[..^3]));
        yield return ("with a fraction", (s, b, _) => Stamped(s, b, s.Timestamp() + ".5"));
        yield return ("beyond all numbers", (s, b, _) => Stamped(s, b, new string('9', 40)));
        yield return ("another than was signed", (s, b, n) => s.Request(b, Sign(s, b, s.Timestamp()), s.Timestamp(TimeSpan.FromMilliseconds(1 + (n % 1000)))));
        yield return ("as an ISO instant", (s, b, _) => Stamped(s, b, s.Now.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<(string, Way)> Addresses()
    {
        foreach (var (name, uri) in new (string, Func<Uri, string>)[]
        {
            ("signed for another host", u => $"http://elsewhere.example{u.AbsolutePath}"),
            ("signed for https", u => u.ToString().Replace("http://", "https://", StringComparison.Ordinal)),
            ("signed for another path", u => u + "/more"),
            ("signed for another connection", u => new Uri(u, "/webhooks/other").ToString()),
            ("signed with a query", u => u + "?a=1"),
            ("signed for a slash at the end", u => u + "/"),
            ("signed for the path alone", u => u.AbsolutePath),
        })
        {
            yield return (name, (s, b, _) => With(s, b, uri: uri(s.Address)));
        }
        yield return ("signed for the host that a header claims", (s, b, n) =>
        {
            var request = With(s, b, uri: $"https://host{n}.example{s.Address.AbsolutePath}");
            request.Headers.TryAddWithoutValidation("X-Forwarded-Host", $"host{n}.example");
            request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
            return request;
        });
        yield return ("a query that was not signed", (s, b, n) => Sent(s, b, new Uri(s.Address + $"?n={n}")));
        yield return ("a connection that is not there", (s, b, n) => Sent(s, b, new Uri(s.Address, $"/webhooks/none{n}")));
    }

    private static IEnumerable<(string, Way)> Bodies()
    {
        yield return ("one bit of the body other", (s, b, n) => Body(s, b, Bit(b, n)));
        yield return ("a byte more", (s, b, n) => Body(s, b, [.. b, (byte)(n % 256)]));
        yield return ("a byte less", (s, b, n) => Body(s, b, b[..^(1 + (n % 10))]));
        yield return ("a space more", (s, b, _) => Body(s, b, [(byte)' ', .. b]));
        yield return ("a byte order mark", (s, b, _) => Body(s, b, [0xEF, 0xBB, 0xBF, .. b]));
        yield return ("no body", (s, b, _) => Body(s, b, []));
        yield return ("another lead's id", (s, b, n) => Body(s, b, Encoding.UTF8.GetBytes(Signer.Event(n, "94100000001", "1"))));
        yield return ("packed by gzip", (s, b, _) => Body(s, b, Packed(b)));
        yield return ("letters as escapes", (s, b, _) => Body(s, b, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(b).Replace("contact", "\\u0063ontact", StringComparison.Ordinal))));
        yield return ("sent twice in one body", (s, b, _) => Body(s, b, [.. b, .. b]));
    }

    private static IEnumerable<(string, Way)> Methods() => new[] { "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE" }.Select(method => ($"sent as {method}", (Way)((s, b, _) =>
    {
        var timestamp = s.Timestamp();
        var request = s.Request(b, Signer.Signature(s.Secret, method, s.Address.ToString(), b, timestamp), timestamp);
        request.Method = new(method);
        return request;
    })));

    private static string Sign(Signer s, byte[] body, string timestamp, string? secret = null, string? uri = null) => Signer.Signature(secret ?? s.Secret, "POST", uri ?? s.Address.ToString(), body, timestamp);

    private static HttpRequestMessage With(Signer s, byte[] body, string? secret = null, string? uri = null) => s.Request(body, Sign(s, body, s.Timestamp(), secret, uri), s.Timestamp());

    private static HttpRequestMessage Changed(Signer s, byte[] body, Func<string, string> change) => s.Request(body, change(Sign(s, body, s.Timestamp())), s.Timestamp());

    private static HttpRequestMessage Stamped(Signer s, byte[] body, string timestamp) => s.Request(body, Sign(s, body, timestamp), timestamp);

    private static HttpRequestMessage Body(Signer s, byte[] signed, byte[] sent) => s.Request(sent, Sign(s, signed, s.Timestamp()), s.Timestamp());

    private static HttpRequestMessage Sent(Signer s, byte[] body, Uri to)
    {
        var request = With(s, body);
        request.RequestUri = to;
        return request;
    }

    private static HttpRequestMessage Renamed(Signer s, byte[] body, string header)
    {
        var request = s.Request(body, null, s.Timestamp());
        request.Headers.TryAddWithoutValidation(header, Sign(s, body, s.Timestamp()));
        return request;
    }

    // A signature without a letter to change would stay a good one.
    private static string Different(string sign, string changed) => changed == sign ? sign + "x" : changed;

    private static string Flip(string sign, int at) => sign[..at] + (sign[at] == 'A' ? 'B' : 'A') + sign[(at + 1)..];

    private static byte[] Bit(byte[] body, int n)
    {
        byte[] copy = [.. body];
        copy[n % copy.Length] ^= (byte)(1 << (n % 8));
        return copy;
    }

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }
}
