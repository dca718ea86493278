namespace CrmSync.Adapters.Http;

/// <summary>What the vendors' ways to be authorised have in common.</summary>
internal static class AuthorizationPage
{
    /// <summary>An address with a query.</summary>
    public static Uri Of(Uri host, string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var text = new System.Text.StringBuilder();
        foreach (var (name, value) in query)
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return new(host, path + text);
    }

    /// <summary>The grant of a token endpoint's first answer.</summary>
    public static AuthorizedGrant GrantOf(TokenAnswer answer, DateTimeOffset now, string app) =>
        answer.RefreshToken is { } refresh
            ? new(new(refresh, answer.AccessToken, now + answer.Life) { Scopes = answer.Scopes }, answer.AccountId)
            : throw new CrmException(CrmFailure.Refused, "The answer has no refresh token, so the grant would end within hours.") { Repair = app };

    /// <summary>Scopes as vendors write them: in one text, between spaces or commas.</summary>
    public static IReadOnlyList<string>? Scopes(string? text) => text?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}
