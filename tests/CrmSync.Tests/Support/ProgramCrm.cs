using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Control;

namespace CrmSync.Tests.Support;

/// <summary>What differs between the CRMs beside which the built program is played.</summary>
internal abstract class ProgramCrm
{
    /// <summary><c>CRMSYNC_CRM=pipedrive</c> or <c>salesforce</c>; HubSpot where nobody says.</summary>
    public static ProgramCrm Chosen { get; } = Environment.GetEnvironmentVariable("CRMSYNC_CRM") switch
    {
        "pipedrive" => new ProgramPipedrive(),
        "salesforce" => new ProgramSalesforce(),
        _ => new ProgramHubSpot(),
    };

    public static ProgramCrm HubSpot { get; } = new ProgramHubSpot();

    public abstract string Name { get; }
    public abstract CrmDialect Dialect { get; }
    public abstract SandboxOptions Sandbox { get; }

    /// <summary>The request that carries an effect.</summary>
    public abstract (string Method, string Path) Write { get; }

    /// <summary>Settings of the connection by which it is let in.</summary>
    public abstract IReadOnlyDictionary<string, string> Credentials(AccountCard account);

    /// <summary>How many leads that nobody touches stand in the account for each that moves.</summary>
    public virtual int OthersForEach => 40;

    /// <summary>How long a sender of webhooks waits between two: no longer than the worker takes to follow them all, or effects would wait behind.</summary>
    public virtual TimeSpan Breath => TimeSpan.Zero;

    /// <summary>Whether all leads are looked at before the first worker dies that has something to do: where each is read alone, no life of seconds comes through them.</summary>
    public virtual bool RestsFirst => false;

    /// <summary>Options of its mapping.</summary>
    public virtual IReadOnlyDictionary<string, string> Options => new Dictionary<string, string> { ["SettleSeconds"] = "1" };

    /// <summary>A webhook about a lead; null: the CRM sends none.</summary>
    public virtual HttpRequestMessage? Webhook(Uri door, AccountCard account, long number, string lead) => null;

    /// <summary>Completes what the checker is to know in any case.</summary>
    public abstract RunFacts Facts(SandboxControl control, RunFacts common);
}

internal sealed class ProgramHubSpot : ProgramCrm
{
    public override string Name => "hubspot";
    public override CrmDialect Dialect => CrmDialect.HubSpot;
    public override SandboxOptions Sandbox { get; } = new() { AutoDeliver = false, HubSpot = new() { SearchLagSeconds = 0 } };
    public override (string Method, string Path) Write => ("POST", "contacts/batch/update");

    public override IReadOnlyDictionary<string, string> Credentials(AccountCard account) => new Dictionary<string, string> { ["Token"] = account.Token };

    public override HttpRequestMessage Webhook(Uri door, AccountCard account, long number, string lead) =>
        new SignedWebhook(door, account.WebhookSecret, TimeProvider.System).Request($"[{SignedWebhook.Event(number, lead, account.AccountId)}]");

    public override RunFacts Facts(SandboxControl control, RunFacts common)
    {
        // A stage of our own making: the account names it by a number. What goes back is emptied first.
        var accepted = control.Log().SelectMany(e => e.Effects)
            .FirstOrDefault(e => e is { Field: CrmFields.Stage, Before: "marketingqualifiedlead", After: not null } && e.Actor.StartsWith("api:", StringComparison.Ordinal))?.After ?? "";
        return common with
        {
            OurIdentity = "static",
            StageOrder = ["subscriber", "lead", "marketingqualifiedlead", accepted, "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"],
            StageValues = new Dictionary<string, string>
            {
                ["Lead"] = "lead", ["MarketingQualified"] = "marketingqualifiedlead", ["SalesAccepted"] = accepted, ["SalesQualified"] = "salesqualifiedlead",
                ["Opportunity"] = "opportunity", ["Customer"] = "customer",
            },
            // 114 and 5 leave the worker; what is late on its way falls into the next window, on a busy machine more so.
            Quotas = [new("!/search", TimeSpan.FromSeconds(10), 130), new("/search", TimeSpan.FromSeconds(1), 7)],
        };
    }
}

/// <summary>Leads with a field for their stage, whose options have plain names.</summary>
internal abstract class ProgramWithLeads : ProgramCrm
{
    public override RunFacts Facts(SandboxControl control, RunFacts common) => common with
    {
        StageOrder = ["Lead", "MQL", "SAL", "SQL", "Opportunity", "Customer"],
        StageAliases = new Dictionary<string, string>(),
        StageValues = new Dictionary<string, string>
        {
            ["Lead"] = "Lead", ["MarketingQualified"] = "MQL", ["SalesAccepted"] = "SAL", ["SalesQualified"] = "SQL", ["Opportunity"] = "Opportunity", ["Customer"] = "Customer",
        },
        LeadStream = "leads",
        Resolution = TimeSpan.FromSeconds(1),
    };
}

internal sealed class ProgramPipedrive : ProgramWithLeads
{
    public override string Name => "pipedrive";
    public override CrmDialect Dialect => CrmDialect.Pipedrive;

    // Polls are as close together as a purse allows, and this one allows much.
    public override SandboxOptions Sandbox { get; } = new() { AutoDeliver = false, Pipedrive = new() { Plan = "Ultimate", TopUpTokens = 100_000_000 } };
    public override (string Method, string Path) Write => ("PATCH", "/api/v1/leads/");

    // Whatever an event tells of is read by itself, with what stands around it, in lives of which most end before the first poll.
    public override TimeSpan Breath => TimeSpan.FromSeconds(2);

    // For the same reason a first reading of 24,000 leads would take most of an hour. With fewer the brake is pulled, and the rig lets it go.
    public override int OthersForEach => 1;
    public override bool RestsFirst => true;

    public override IReadOnlyDictionary<string, string> Credentials(AccountCard account) => new Dictionary<string, string> { ["Token"] = account.Token };

    public override HttpRequestMessage Webhook(Uri door, AccountCard account, long number, string lead) =>
        new PipedriveCaller(door, account.WebhookSecret, "main").Request(PipedriveCaller.Event(number, lead, account.AccountId));

    public override RunFacts Facts(SandboxControl control, RunFacts common) => base.Facts(control, common) with
    {
        OurIdentity = "token",
        WithoutHistory = new HashSet<string> { "leads" },
        AskedByPost = [],
        // All that the account allows.
        Quotas = [new("", TimeSpan.FromSeconds(2), 120)],
    };
}

internal sealed class ProgramSalesforce : ProgramWithLeads
{
    public override string Name => "salesforce";
    public override CrmDialect Dialect => CrmDialect.Salesforce;
    public override SandboxOptions Sandbox { get; } = new() { AutoDeliver = false, Salesforce = new() { DailyLimit = 10_000_000 } };
    public override (string Method, string Path) Write => ("PATCH", "*/composite/sobjects");
    public override IReadOnlyDictionary<string, string> Options => new Dictionary<string, string>(base.Options) { ["ChangeEvents"] = "off" };

    public override IReadOnlyDictionary<string, string> Credentials(AccountCard account) =>
        new Dictionary<string, string> { ["ClientId"] = account.ClientId, ["ClientSecret"] = account.ClientSecret };

    public override RunFacts Facts(SandboxControl control, RunFacts common) => base.Facts(control, common) with { OurIdentity = "user", AskedByPost = ["/composite", "/oauth2/"] };
}
