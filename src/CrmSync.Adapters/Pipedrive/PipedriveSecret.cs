using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// What a call of Pipedrive's proves itself by: a password and a part of the path, both made of the connection's secret, which itself
/// is never sent: whoever may see the account's webhooks sees the password.
/// </summary>
internal sealed class PipedriveSecret(string connection, Secret secret)
{
    public const string User = "crmsync";
    private const int PathLength = 32;

    public string Password { get; } = Derive(secret, $"pipedrive password {connection}");

    /// <summary>The last part of the path, hard to guess.</summary>
    public string Path { get; } = Derive(secret, $"pipedrive path {connection}")[..PathLength];

    /// <summary>The header of a call that has the password.</summary>
    public string Authorization => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}";

    private static string Derive(Secret secret, string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), Encoding.UTF8.GetBytes(purpose)));
}
