namespace CrmSync.Worker.Configuration;

/// <summary><c>Notify</c>, for all connections or for one: whom to tell of offers past their deadline.</summary>
public sealed class NotifyOptions
{
    /// <summary>Where a webhook is posted to. Its path is a secret as a rule: prefer the file.</summary>
    public string? Webhook { get; set; }
    public string? WebhookFile { get; set; }
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Local time of day.</summary>
    public TimeSpan At { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How often a day's message is sent at most, on each way, until it gets through: 1 to 10.</summary>
    public int Tries { get; set; } = 5;

    /// <summary>Whether people's names are told beside ids and links.</summary>
    public bool Names { get; set; }
}

/// <summary><c>Notify:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;

    /// <summary><c>starttls</c>, <c>tls</c> (from the first byte), or <c>none</c>, which is for this machine only.</summary>
    public string Tls { get; set; } = "starttls";
    public string? User { get; set; }
    public string? Password { get; set; }
    public string? PasswordFile { get; set; }
    public string? From { get; set; }
    public IList<string> To { get; } = [];
}
