using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CrmSync.Worker.Configuration;

/// <summary><c>Notify</c>, for all connections or for one: whom to tell of offers past their deadline.</summary>
public sealed class NotifyOptions
{
    [Concealed]
    [Description("Where a webhook is posted to. Its path is a secret as a rule: prefer WebhookFile.")]
    public string? Webhook { get; set; }

    [Description("The file that holds the webhook's address.")]
    public string? WebhookFile { get; set; }

    [Description("A mail server and a letter's two ends.")]
    public SmtpOptions Smtp { get; set; } = new();

    [Description("Local time of day, such as 08:00.")]
    public TimeSpan At { get; set; } = TimeSpan.FromHours(8);

    [Range(1, 10)]
    [Description("How often a day's message is sent at most, on each way, until it gets through.")]
    public int Tries { get; set; } = 5;

    [Description("Whether people's names are told beside ids and links.")]
    public bool Names { get; set; }
}

/// <summary><c>Notify:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    [Description("The mail server.")]
    public string? Host { get; set; }

    [Range(1, 65535)]
    [Description("587 for starttls, 465 for tls.")]
    public int Port { get; set; } = 587;

    [AllowedValues("starttls", "tls", "none")]
    [Description("tls is from the first byte; none is for this machine only.")]
    public string Tls { get; set; } = "starttls";

    [Description("Who logs in.")]
    public string? User { get; set; }

    [Concealed]
    [Description("Better: PasswordFile.")]
    public string? Password { get; set; }

    [Description("The file that holds the password.")]
    public string? PasswordFile { get; set; }

    [Description("The sender's mail address.")]
    public string? From { get; set; }

    [Description("Mail addresses.")]
    public IList<string> To { get; } = [];
}
