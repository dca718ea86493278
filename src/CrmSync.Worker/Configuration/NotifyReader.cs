using System.Net;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Reads <c>Notify</c>. Tells no value: an address may be a secret.</summary>
internal static class NotifyReader
{
    /// <summary>The section as a group of its own; null when nobody is to be told.</summary>
    public static NotifySettings? Read(IConfigurationSection section, List<SettingProblem> problems)
    {
        if (!section.Exists())
            return null;
        return Read(section.Path, SectionBinder.Bind<NotifyOptions>(section, problems), problems);
    }

    public static NotifySettings? Read(string at, NotifyOptions options, List<SettingProblem> problems)
    {
        var before = problems.Count;
        var webhook = SecretFile.Read($"{at}:Webhook", options.Webhook, options.WebhookFile, problems);
        if (webhook is not null && !IsSafe(webhook.Reveal()))
            problems.Add(new($"{at}:Webhook", "It is no https address.", "Write it in full, with https://; plain http is for this machine only."));
        var smtp = string.IsNullOrEmpty(options.Smtp.Host) ? null : Smtp($"{at}:Smtp", options.Smtp, problems);
        var isTimeOfDay = options.At >= TimeSpan.Zero && options.At < TimeSpan.FromDays(1);
        // A bare number was told already.
        if (!isTimeOfDay && !problems.Exists(p => p.Setting.Equals($"{at}:At", StringComparison.OrdinalIgnoreCase)))
            problems.Add(new($"{at}:At", "It is no time of day.", "Write hours and minutes, such as 08:00."));
        if (options.Tries is < 1 or > 10)
            problems.Add(new($"{at}:Tries", $"{options.Tries} is no number of tries.", "Write a number from 1 to 10; 5 is usual."));
        return problems.Count > before || !isTimeOfDay || (webhook is null && smtp is null)
            ? null
            : new(webhook, smtp, TimeOnly.FromTimeSpan(options.At), options.Names, options.Tries);
    }

    public static SmtpSettings? Smtp(string at, SmtpOptions options, List<SettingProblem> problems)
    {
        var before = problems.Count;
        if (options.Port is < 1 or > 65535)
            problems.Add(new($"{at}:Port", $"{options.Port} is no port.", "Use 587 (starttls), 465 (tls) or your server's port."));
        if (!Enum.TryParse<SmtpTls>(options.Tls, ignoreCase: true, out var tls) || int.TryParse(options.Tls, out _))
            problems.Add(new($"{at}:Tls", "It is none of the ways.", "Use starttls, tls or none."));
        else if (tls == SmtpTls.None && !IsThisMachine(options.Host!))
            problems.Add(new($"{at}:Tls", "Without TLS the letter and the password would go over the network in the clear.", "Use starttls or tls; none is for this machine only."));
        if (!IsAddress(options.From))
            problems.Add(new($"{at}:From", "It is no mail address.", "Write the sender's address, such as crmsync@example.com."));
        if (options.To.Count == 0 || !options.To.All(IsAddress))
            problems.Add(new($"{at}:To", "It is no list of mail addresses.", $"Write a list; in the environment {at.Replace(":", "__", StringComparison.Ordinal)}__To__0."));
        var password = SecretFile.Read($"{at}:Password", options.Password, options.PasswordFile, problems);
        return problems.Count > before ? null : new(options.Host!, options.Port, tls, options.User, password, options.From!, [.. options.To]);
    }

    private static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsThisMachine(uri.Host)));

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static bool IsAddress(string? text) => text is not null && MimeKit.MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal);
}
