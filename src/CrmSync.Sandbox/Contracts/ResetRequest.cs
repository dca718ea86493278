namespace CrmSync.Sandbox.Contracts;

/// <summary>Forgets everything and opens new, empty accounts.</summary>
public sealed record ResetRequest
{
    /// <summary>The seed of every keyed draw; the running one is kept when it is left out.</summary>
    public int? Seed { get; init; }

    /// <summary>How many accounts to open in each CRM that is named; one in each of all CRMs when none is.</summary>
    public IReadOnlyDictionary<string, int> Accounts { get; init; } = new Dictionary<string, int>();
}

/// <summary>The accounts that a reset opened.</summary>
public sealed record ResetReply(IReadOnlyList<AccountCard> Accounts);

/// <summary>All that a client must know to use one account, and all that a webhook receiver must know to trust it.</summary>
public sealed record AccountCard
{
    public required string Crm { get; init; }
    public required string AccountId { get; init; }
    public required string BaseUrl { get; init; }
    public required string Token { get; init; }
    public required string ClientId { get; init; }
    public required string ClientSecret { get; init; }
    public required string RefreshToken { get; init; }
    public required string WebhookSecret { get; init; }

    /// <summary>The user that an app acts for, where the CRM has it say so.</summary>
    public string? Username { get; init; }

    /// <summary>Where the CRM streams its changes, and the certificate (PEM) that this address shows; null where it does not.</summary>
    public string? StreamUrl { get; init; }
    public string? StreamCertificate { get; init; }
}

/// <summary>The private key (PEM) of an account's app.</summary>
public sealed record KeyReply(string PrivateKey);

/// <summary>Where an account sends which webhooks: <c>contact.creation</c>, <c>contact.propertyChange:lifecyclestage</c>, <c>contact.propertyChange:*</c> or <c>*</c>.</summary>
public sealed record SubscriptionRequest
{
    public required string Crm { get; init; }
    public string? AccountId { get; init; }
    public required Uri Url { get; init; }
    public IReadOnlyList<string> Events { get; init; } = ["*"];
}

/// <summary>Values of a dialect's switches, by name; see the options record of that dialect.</summary>
public sealed record SwitchesRequest
{
    public required string Crm { get; init; }
    public required System.Text.Json.Nodes.JsonObject Switches { get; init; }
}

/// <summary>Moves the sandbox's own clock: to an instant, or on by a time span.</summary>
public sealed record ClockRequest
{
    public DateTimeOffset? To { get; init; }

    /// <summary>A number of seconds, or a time span such as <c>1.00:00:00</c>.</summary>
    public string? Advance { get; init; }
}

/// <summary>The instant that the sandbox's clock shows.</summary>
public sealed record ClockReply(DateTimeOffset Now);
