using System.Security.Cryptography;
using System.Text;
using CrmSync.Adapters;
using CrmSync.Worker.Commands.Shell;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CrmSync.Worker.Commands.Auth;

/// <summary>Reads what the vendor sends the browser back with.</summary>
internal static class AuthorizationAnswer
{
    public const string Path = "/callback";

    /// <summary>The code; null when it is no answer to this try.</summary>
    /// <exception cref="CommandFailure">The person, or the vendor, said no.</exception>
    public static string? CodeOf(IReadOnlyDictionary<string, StringValues> query, AuthorizationTry attempt)
    {
        if (!IsSame(query.GetValueOrDefault("state").ToString(), attempt.State))
            return null;
        if (query.GetValueOrDefault("error").ToString() is { Length: > 0 } error)
            throw new CommandFailure(ExitCode.Refused, "login-refused", $"The app was not let in: {Word(error)}.", "Try again as a user who may install apps; check the app's address and scopes.");
        return query.GetValueOrDefault("code").ToString() is { Length: > 0 } code ? code : null;
    }

    /// <summary>Asks for the address that the browser ended at.</summary>
    public static string Pasted(TextWriter told, TextReader typed, AuthorizationTry attempt)
    {
        told.WriteLine($"The browser then goes to {attempt.Redirect}, where nobody answers. Paste the whole address from its address line:");
        var line = typed.ReadLine()?.Trim();
        return Uri.TryCreate(line, UriKind.Absolute, out var address) && CodeOf(QueryHelpers.ParseQuery(address.Query), attempt) is { } code
            ? code
            : throw new CommandFailure(ExitCode.Usage, "usage", "That is no answer to this page.", "Run the command again, open the page that it shows, and paste the address that the browser ends at, with its code and state.");
    }

    /// <summary>The vendor's code for why: a word, and nothing that could be more.</summary>
    private static string Word(string error) => error.Length <= 40 && error.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? error : "it did not say why";

    private static bool IsSame(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
