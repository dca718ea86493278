using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Chaos.Rigging;

/// <summary>Webhooks as Pipedrive sends them once the product has subscribed: with a password, to a path that nobody could guess. By a hand of its own.</summary>
internal sealed class PipedriveCaller(Uri webhooks, string secret, string connection)
{
    private const int PathLength = 32;

    public static string User => "crmsync";

    /// <summary>The address without the part that is secret.</summary>
    public Uri Open => webhooks;
    public string Secret => secret;
    public string Password => PasswordOf(connection);
    public string Path => PathOf(connection);
    public string Authorization => Basic(User, Password);

    public static byte[] Event(long number, string leadId, string companyId)
    {
        var entity = leadId.Contains('-', StringComparison.Ordinal) ? "lead" : "deal";
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$$"""{"data":{"id":"{{{leadId}}}","title":"x"},"previous":null,"meta":{"action":"create","company_id":"{{{companyId}}}","entity_id":"{{{leadId}}}","entity":"{{{entity}}}","id":"{{{number}}}","type":"general","user_id":"1","version":"2.0","webhook_id":"77","change_source":"app","attempt":1}}"""));
    }

    public static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    public string PasswordOf(string other) => Derived($"pipedrive password {other}");

    public string PathOf(string other) => Derived($"pipedrive path {other}")[..PathLength];

    public Uri To(string path) => new($"{webhooks}/{path}");

    /// <summary>One that is believed.</summary>
    public HttpRequestMessage Request(byte[] body) => Request(body, Authorization, To(Path));

    /// <summary>One with whatever it says of itself, to wherever.</summary>
    public static HttpRequestMessage Request(byte[] body, string? authorization, Uri to)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    private string Derived(string purpose) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(purpose)));
}
