using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Pipedrive signs nothing: a call is believed for its password and its path, both compared in constant time, and its content is a hint
/// alone. What it names is taken off the shelf.
/// </summary>
internal sealed class PipedriveWebhook(CrmConnection connection, PipedriveShelf shelf) : ICrmWebhook
{
    private readonly IReadOnlyList<PipedriveSecret> _secrets = [.. connection.WebhookSecrets.Where(s => s.Reveal().Length > 0).Select(s => new PipedriveSecret(connection.Name, s))];
    private readonly PipedriveEvents _events = new(connection.AccountId, shelf);

    public bool HasSecretPath => true;

    public WebhookReading Read(WebhookDelivery delivery, DateTimeOffset now) =>
        IsAuthentic(delivery) ? _events.Read(delivery.Body, now) : WebhookReading.Unauthentic;

    private bool IsAuthentic(WebhookDelivery delivery)
    {
        var (given, path) = (Header(delivery, "Authorization") ?? "", delivery.PublicUri.AbsolutePath);
        var found = false;
        foreach (var secret in _secrets)
            found |= Same(given, secret.Authorization) & Same(path[(path.LastIndexOf('/') + 1)..], secret.Path);
        return found;
    }

    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static string? Header(WebhookDelivery delivery, string name) =>
        delivery.Headers.TryGetValue(name, out var value) ? value : delivery.Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
