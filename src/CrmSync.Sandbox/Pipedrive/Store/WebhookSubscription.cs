using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>One webhook: what is sent where, with what credentials, and how that has gone so far.</summary>
internal sealed class WebhookSubscription(long id, Uri url, string action, string entity, PipedriveUser owner, DateTimeOffset addTime)
{
    private const int MostFailures = 10;
    private static readonly TimeSpan BanLasts = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan PatienceLasts = TimeSpan.FromDays(3);

    private int failures;
    private DateTimeOffset? bannedUntil;
    private DateTimeOffset? failingSince;

    public long Id => id;

    public Uri Url => url;

    public string Action => action;

    public string Entity => entity;

    public PipedriveUser Owner => owner;

    public DateTimeOffset AddTime => addTime;

    public required string Name { get; init; }

    /// <summary><c>1.0</c> or <c>2.0</c>; nothing is sent in the old form.</summary>
    public string Version { get; init; } = "2.0";

    /// <summary><c>general</c>, or <c>application</c> for one that an OAuth app made.</summary>
    public string Kind { get; init; } = "general";
    public string? User { get; init; }
    public string? Password { get; init; }
    public DateTimeOffset? LastDelivery { get; private set; }
    public int? LastStatus { get; private set; }

    public bool Wants(string happened, string kind) => action is "*" || action == happened ? entity is "*" || entity == kind : false;

    /// <summary>Whether events are lost for now.</summary>
    public bool IsBanned(DateTimeOffset now) => now < bannedUntil;

    /// <summary>
    /// Counts an attempt. Ten first attempts that fail ban it for half an hour; retries do not count. True when it has not worked for three days on end and is to be
    /// deleted.
    /// </summary>
    public bool Settle(int attempt, int? status, DateTimeOffset now, bool successForgives)
    {
        (LastDelivery, LastStatus) = (now, status);
        if (status is >= 200 and <= 299)
        {
            failingSince = null;
            failures = successForgives ? 0 : failures;
            return false;
        }

        failingSince ??= now;
        if (attempt == 0 && ++failures >= MostFailures)
        {
            (failures, bannedUntil) = (0, now + BanLasts);
        }

        return now - failingSince >= PatienceLasts;
    }

    /// <summary>How the webhooks API shows it, password and all.</summary>
    public JsonObject ToJson(long companyId, Func<DateTimeOffset, string> time) => new()
    {
        ["id"] = id,
        ["company_id"] = companyId,
        ["owner_id"] = owner.Id,
        ["user_id"] = owner.Id,
        ["event_action"] = action,
        ["event_object"] = entity,
        ["subscription_url"] = url.OriginalString,
        ["version"] = Version,
        ["is_active"] = 1,
        ["add_time"] = time(addTime),
        ["remove_time"] = null,
        ["type"] = Kind,
        ["http_auth_user"] = User,
        ["http_auth_password"] = Password,
        ["remove_reason"] = null,
        ["last_delivery_time"] = LastDelivery is { } last ? time(last) : null,
        ["last_http_status"] = LastStatus,
        ["admin_id"] = owner.Id,
        ["name"] = Name,
    };
}

/// <summary>The webhooks of one company.</summary>
internal sealed class SubscriptionBook
{
    private readonly List<WebhookSubscription> all = [];
    private long last = 4_700;

    public IReadOnlyList<WebhookSubscription> All => all;

    public WebhookSubscription Add(Func<long, WebhookSubscription> make)
    {
        var made = make(++last);
        all.Add(made);
        return made;
    }

    public WebhookSubscription? Find(long id) => all.Find(one => one.Id == id);

    public void Remove(WebhookSubscription one) => all.Remove(one);
}
