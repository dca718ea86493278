using System.Security.Cryptography;
using System.Text;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Ways to make a call that Pipedrive did not: each starts from a true one and spoils the password, the path or the method.</summary>
internal static class PipedriveForgeries
{
    /// <summary>Makes the request; the number chooses among the variants of a way.</summary>
    public delegate HttpRequestMessage Way(byte[] body, int number);

    public static IEnumerable<(string Name, Way Make)> All(PipedriveCaller caller, AccountCard account) =>
    [
        .. Passwords(caller, account).Select(p => (p.Name, (Way)((b, n) => PipedriveCaller.Request(b, p.Authorization(n), caller.To(caller.Path))))),
        .. Paths(caller).Select(p => (p.Name, (Way)((b, n) => PipedriveCaller.Request(b, caller.Authorization, p.Address(n))))),
        .. Elsewhere(caller), .. Methods(caller),
    ];

    private static IEnumerable<(string Name, Func<int, string?> Authorization)> Passwords(PipedriveCaller c, AccountCard account)
    {
        var (user, true_, password) = (PipedriveCaller.User, c.Authorization, c.Password);
        return
        [
            ("no authorization", _ => null),
            ("an empty authorization", _ => ""),
            ("another password", n => PipedriveCaller.Basic(user, $"{password}{n}")),
            ("no password", _ => PipedriveCaller.Basic(user, "")),
            ("another user", n => PipedriveCaller.Basic($"{user}{n}", password)),
            ("no user", _ => PipedriveCaller.Basic("", password)),
            ("user and password exchanged", _ => PipedriveCaller.Basic(password, user)),
            ("a password in upper case", _ => PipedriveCaller.Basic(user, password.ToUpperInvariant())),
            ("a password cut short", n => PipedriveCaller.Basic(user, password[..(n % password.Length)])),
            ("a password with one character other", n => PipedriveCaller.Basic(user, Other(password, n))),
            ("a password turned round", _ => PipedriveCaller.Basic(user, new([.. password.Reverse()]))),
            ("a password of random bytes", n => PipedriveCaller.Basic(user, Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(n))))),
            ("the password of another connection", n => PipedriveCaller.Basic(user, c.PasswordOf($"other{n}"))),
            ("the secret itself", _ => PipedriveCaller.Basic(user, c.Secret)),
            ("the account's token", _ => PipedriveCaller.Basic(user, account.Token)),
            ("the path for a password", _ => PipedriveCaller.Basic(user, c.Path)),
            ("a password that is not encoded", _ => $"Basic {user}:{password}"),
            ("a password encoded twice", _ => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(true_["Basic ".Length..]))),
            ("a password without its scheme", _ => true_["Basic ".Length..]),
            ("a password as a bearer's", _ => $"Bearer {password}"),
            ("an authorization cut short", n => true_[..(n % true_.Length)]),
            ("an authorization grown", n => true_ + (char)('A' + (n % 26))),
            ("an authorization said twice", _ => $"{true_}, {true_}"),
        ];
    }

    private static IEnumerable<(string Name, Func<int, Uri> Address)> Paths(PipedriveCaller c) =>
    [
        ("no secret path", _ => c.Open),
        ("another path", n => c.To(Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(n)))[..32])),
        ("a path cut short", n => c.To(c.Path[..(1 + (n % (c.Path.Length - 1)))])),
        ("a path grown", n => c.To(c.Path + (n % 10))),
        ("a path with one character other", n => c.To(Other(c.Path, n))),
        ("a path turned round", _ => c.To(new([.. c.Path.Reverse()]))),
        ("a slash behind the path", _ => c.To(c.Path + "/")),
        ("a word behind the path", n => c.To($"{c.Path}/{n}")),
        ("the path of another connection", n => c.To(c.PathOf($"other{n}"))),
        ("the password for a path", _ => c.To(c.Password)),
        ("the secret for a path", _ => c.To(Uri.EscapeDataString(c.Secret))),
        ("the path in the query", _ => new(c.Open + "?path=" + c.Path)),
        ("a connection that is not there", n => new(c.Open, $"/webhooks/none{n}/{c.Path}")),
    ];

    private static IEnumerable<(string, Way)> Elsewhere(PipedriveCaller c)
    {
        yield return ("a password in another header", (b, _) =>
        {
            var request = PipedriveCaller.Request(b, null, c.To(c.Path));
            request.Headers.TryAddWithoutValidation("X-Authorization", c.Authorization);
            return request;
        });
        yield return ("a password in the query", (b, _) => PipedriveCaller.Request(b, null, new($"{c.To(c.Path)}?user={PipedriveCaller.User}&password={c.Password}")));
        yield return ("another vendor's signature", (b, n) =>
        {
            var request = PipedriveCaller.Request(b, null, c.To(c.Path));
            request.Headers.TryAddWithoutValidation("X-HubSpot-Signature-v3", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(c.Secret), b)));
            request.Headers.TryAddWithoutValidation("X-HubSpot-Request-Timestamp", n.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return request;
        });
    }

    private static IEnumerable<(string, Way)> Methods(PipedriveCaller c) => new[] { "GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE" }.Select(method => ($"sent as {method}", (Way)((b, _) =>
    {
        var request = c.Request(b);
        request.Method = new(method);
        return request;
    })));

    private static string Other(string text, int n)
    {
        var at = n % text.Length;
        return text[..at] + (text[at] == 'a' ? 'b' : 'a') + text[(at + 1)..];
    }
}
