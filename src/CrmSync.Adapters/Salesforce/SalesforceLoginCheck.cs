using System.Security.Cryptography;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Whether a connection's credentials are whole, without asking anybody.</summary>
internal static class SalesforceLoginCheck
{
    private static readonly string[] SharedHosts = ["login.salesforce.com", "test.salesforce.com"];

    public static IEnumerable<(string Setting, string Problem, string Repair)> Of(
        CrmConnection connection, SalesforceLogin login, Uri loginUrl, string? username)
    {
        if (connection.Token is null && connection.ClientId is null)
            yield return ("ClientId", "There are no credentials.", "Give ClientId with ClientSecret (client credentials), with a private key in ClientSecretFile (assertion), or with RefreshToken.");
        else if (login != SalesforceLogin.RefreshToken && connection is { Token: null, RefreshToken: null, ClientSecret: null })
            yield return ("ClientSecret", "It is missing.", "Give ClientSecret or ClientSecretFile; or let a user in: Mapping:Options:Login consent, and crmsync auth login.");
        if (connection.BaseUrl is null)
            yield return ("BaseUrl", "It is missing.", "Write the org's My Domain address, such as https://acme.my.salesforce.com.");
        else if (login == SalesforceLogin.ClientCredentials && SharedHosts.Contains(loginUrl.Host))
            yield return ("BaseUrl", $"Client credentials are not taken at {loginUrl.Host}.", "Write the org's My Domain address, such as https://acme.my.salesforce.com.");
        if (login != SalesforceLogin.Assertion)
            yield break;
        if (username is null)
            yield return ("Mapping:Options:Username", "It is missing.", "Name the user in whose name CrmSync works, as he signs in.");
        if (!IsKey(connection.ClientSecret!))
            yield return ("ClientSecret", "It is no private key that can be read.", "Give an RSA key in PEM form without a passphrase.");
    }

    private static bool IsKey(Secret secret)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(secret.Reveal());
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
