using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmSync.Adapters;
using Microsoft.AspNetCore.DataProtection;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Encrypts grants with keys that lie beside the database, not in it: a copy of the database alone gives nothing away. Each
/// connection has a purpose of its own, so that a ciphertext moved to another row does not open.
/// </summary>
internal sealed class GrantCipher(string directory)
{
    private const string Application = "crmsync";
    private const string KeysName = "keys";
    private readonly Lock _gate = new();
    private readonly string _keys = Path.Combine(directory, KeysName);
    private IDataProtectionProvider? _provider;

    public string Close(string connection, Grant grant)
    {
        var body = new GrantBody(grant.RefreshToken.Reveal(), grant.AccessToken?.Reveal(), grant.ExpiresAt, grant.Scopes);
        lock (_gate)
        {
            var ciphertext = ProtectorOf(connection).Protect(JsonSerializer.Serialize(body, StoreJson.Default.GrantBody));
            foreach (var key in Directory.EnumerateFiles(_keys)) DataDirectory.MakePrivate(key);
            return ciphertext;
        }
    }

    /// <exception cref="StoreException">Reconnect: the keys are lost or not those that it was encrypted with.</exception>
    public Grant Open(string connection, string ciphertext)
    {
        try
        {
            string body;
            lock (_gate) body = ProtectorOf(connection).Unprotect(ciphertext);
            var grant = StoreJson.Read<GrantBody>(Encoding.UTF8.GetBytes(body));
            return new(new(grant.RefreshToken), grant.AccessToken is { } token ? new CrmSync.Adapters.Secret(token) : null, grant.ExpiresAt) { Scopes = grant.Scopes };
        }
        catch (CryptographicException e)
        {
            throw new StoreException(
                StoreFailure.Reconnect, $"The stored grant of connection {connection} cannot be decrypted with the keys in {_keys}.",
                $"Put the keys back, or authorise the app anew: crmsync auth login {connection}.", e);
        }
    }

    private IDataProtector ProtectorOf(string connection)
    {
        if (_provider is null)
        {
            // The directory is private before the first key is in it.
            var keys = DataDirectory.CreatePrivate(_keys);
            _provider = DataProtectionProvider.Create(keys, builder => builder.SetApplicationName(Application));
        }
        return _provider.CreateProtector("grants", connection);
    }
}
