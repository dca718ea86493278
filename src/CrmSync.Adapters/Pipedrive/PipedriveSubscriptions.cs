using System.Globalization;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// The account's webhooks to us. Pipedrive deletes one that failed for three days, and anybody may add another: ours are known by their
/// address, those missing are made, those too many removed. What belongs to others is left alone.
/// </summary>
internal sealed class PipedriveSubscriptions(CrmConnection connection, PipedriveOptions options, PipedriveClient client)
{
    private static readonly string[] Objects = ["lead", "deal", "person", "organization", "activity"];
    private const string Any = "*";
    private const string Version = "2.0";

    private string Name => $"CrmSync {connection.Name}";

    public async Task<IReadOnlyList<SetupStep>> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        if (Address() is not { } address)
            return [ByHand($"Set Connections:{connection.Name}:PublicUrl and WebhookSecrets, and run setup again: without webhooks changes are found by polls alone.")];
        try
        {
            return await MendAsync(address, planOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return [ByHand($"{e.Message} {e.Repair}".TrimEnd())];
        }
    }

    private async Task<IReadOnlyList<SetupStep>> MendAsync(string address, bool planOnly, CancellationToken cancellationToken)
    {
        var page = await client.Api.WebhooksAsync(client.Paths.V1, cancellationToken).ConfigureAwait(false);
        var ours = PipedriveClient.Records(page).FindAll(IsOurs);
        var steps = new List<SetupStep>();
        var kept = new HashSet<string>();
        foreach (var type in Objects)
        {
            var there = ours.Find(w => w["event_object"] == type && IsSound(w, address));
            if (there is not null)
                kept.Add(there.Id!);
            else if (!planOnly)
                await AddAsync(type, address, cancellationToken).ConfigureAwait(false);
            steps.Add(new("webhook", type, there is not null ? SetupOutcome.Exists : planOnly ? SetupOutcome.WouldCreate : SetupOutcome.Created));
        }
        // Removed after the new ones are there, so that no event falls between.
        foreach (var extra in ours.Where(w => !kept.Contains(w.Id!)))
        {
            if (!planOnly)
                await client.Api.RemoveWebhookAsync(client.Paths.V1, extra.Id!, cancellationToken).ConfigureAwait(false);
            steps.Add(new("webhook to remove", $"{extra["event_object"]} {extra.Id}", planOnly ? SetupOutcome.WouldCreate : SetupOutcome.Created, "doubled, stopped, or to another address"));
        }
        return steps;
    }

    private Task<PipedriveOne> AddAsync(string type, string address, CancellationToken cancellationToken) => client.Api.AddWebhookAsync(
        client.Paths.V1,
        new(address, Any, type, Name, PipedriveSecret.User, new PipedriveSecret(connection.Name, connection.WebhookSecrets[0]).Password, Version, options.WebhookUser),
        cancellationToken);

    /// <summary>The address by which Pipedrive reaches us, with its secret part; null where no setting tells.</summary>
    private string? Address() => connection is { PublicUrl: { } url, WebhookSecrets: [var secret, ..] }
        ? $"{url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{new PipedriveSecret(connection.Name, secret).Path}"
        : null;

    /// <summary>Below our address, or to where we were before, with a secret part that nobody else can make. A name may be anybody's, another installation's too.</summary>
    private bool IsOurs(PipedriveRecord webhook)
    {
        var ours = connection.PublicUrl!.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return webhook["subscription_url"] is { } url
            && (url == ours || url.StartsWith(ours + "/", StringComparison.Ordinal) || connection.WebhookSecrets.Any(s => url.EndsWith("/" + new PipedriveSecret(connection.Name, s).Path, StringComparison.Ordinal)));
    }

    private bool IsSound(PipedriveRecord webhook, string address) =>
        webhook["subscription_url"] == address && webhook["event_action"] == Any && webhook["version"] is Version or "2"
        && webhook["is_active"] is null or "1" or "true" && webhook["http_auth_user"] is null or PipedriveSecret.User
        && (options.WebhookUser is not { } user || webhook["user_id"] is not { } told || told == user.ToString(CultureInfo.InvariantCulture));

    private SetupStep ByHand(string detail) => new("webhooks", Name, SetupOutcome.Manual, detail);
}
