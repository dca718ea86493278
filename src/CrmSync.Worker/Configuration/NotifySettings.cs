using CrmSync.Adapters;

namespace CrmSync.Worker.Configuration;

/// <summary>Whom to tell of offers past their deadline, checked. At least one of the two ways is there.</summary>
/// <param name="Webhook">An https address, or one of this machine.</param>
/// <param name="At">Local time of day.</param>
/// <param name="Tries">How often a day's message is sent at most, on each way.</param>
public sealed record NotifySettings(Secret? Webhook, SmtpSettings? Smtp, TimeOnly At, bool Names, int Tries = 5);

/// <summary>How a connection to a mail server is kept secret.</summary>
public enum SmtpTls
{
    StartTls,
    Tls,
    None,
}

/// <summary>A mail server and a letter's two ends.</summary>
public sealed record SmtpSettings(string Host, int Port, SmtpTls Tls, string? User, Secret? Password, string From, IReadOnlyList<string> To);
