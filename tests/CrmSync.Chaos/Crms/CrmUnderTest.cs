using CrmSync.Adapters;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Chaos.Crms;

/// <summary>What differs between the CRMs that a run can be played on; whatever else differs is in their sandboxes.</summary>
internal abstract class CrmUnderTest
{
    public abstract string Name { get; }

    /// <summary>Subscriptions of its webhooks that an admin makes; null: it sends none.</summary>
    public abstract IReadOnlyList<string>? Events { get; }

    /// <summary>Whether the product subscribes by itself, for which it must know where it is reached.</summary>
    public virtual bool SubscribesItself => false;

    /// <summary>Faults that are promised of a run and that cannot happen with this CRM.</summary>
    public virtual IReadOnlySet<string> Impossible { get; } = new HashSet<string>();

    /// <summary>The calls of a hand-over before and behind which a worker may die.</summary>
    public abstract IReadOnlyList<string> Calls { get; }

    /// <summary>Everything that may go wrong between worker and CRM, by the name under which it is promised.</summary>
    public abstract IReadOnlyList<FaultKind> Faults { get; }

    public abstract CrmDialect Dialect { get; }

    /// <summary>The CRM's names of the fields that people act on.</summary>
    public abstract string Handover { get; }
    public abstract string JobTitle { get; }

    /// <summary>Whether somebody can make another record of a lead, without a sale.</summary>
    public virtual bool Converts => false;

    /// <summary>How often somebody is faster, of the reads by which a write is guarded.</summary>
    public virtual double RaceAfterGuard => 0.15;

    public abstract void Register(IServiceCollection services);

    /// <param name="webhooks">Where the product is reached; null: it is not told.</param>
    public abstract CrmConnection Connection(AccountCard account, Uri? webhooks);

    /// <summary>The settings of a connection, as <c>kpi</c> reads them.</summary>
    public abstract object Settings(AccountCard account);

    /// <summary>The request by which a grant is renewed, as <see cref="NameOf"/> tells it.</summary>
    public virtual string TokenCall => "POST /oauth/token";

    /// <summary>Whether its requests of a day can be limited by a setting.</summary>
    public virtual bool LimitsDays => false;

    /// <summary>The connection, let in by an OAuth grant that lies in the store.</summary>
    public virtual CrmConnection ByGrant(CrmConnection connection, AccountCard account) =>
        connection with { Token = null, ClientId = account.ClientId, ClientSecret = new(account.ClientSecret) };

    /// <summary>The connection, with one request after another; those that are told in the order in which they are written go that way anyhow.</summary>
    public virtual CrmConnection OneAtATime(CrmConnection connection) => connection;

    public static CrmConnection With(CrmConnection connection, string option, string value) => connection with
    {
        Mapping = connection.Mapping with { Options = new Dictionary<string, string>(connection.Mapping.Options, StringComparer.OrdinalIgnoreCase) { [option] = value } },
    };

    public abstract SandboxOptions Sandbox(RigSetting setting, TimeProvider clock);

    /// <summary>The request without versions and ids, and what kind of read it is: <c>as guard</c>, <c>of facts</c>, <c>with history</c>.</summary>
    public abstract string NameOf(HttpRequestMessage request, string body);

    /// <summary>A webhook about a lead as the CRM would send it, or as somebody does who does not know the secret.</summary>
    public virtual HttpRequestMessage Webhook(Rig rig, string leadId, long number, bool authentic) => throw new NotSupportedException($"{Name} sends no webhooks.");

    /// <summary>What came, with all that makes it believed: so it looks to a product that checks nothing.</summary>
    public virtual WebhookDelivery Believed(Rig rig, WebhookDelivery delivery) => throw new NotSupportedException($"{Name} sends no webhooks.");

    /// <summary>Ways to make a webhook about a lead that the CRM did not send; a number chooses among the variants of a way.</summary>
    public virtual IEnumerable<(string Name, Func<int, HttpRequestMessage> Make)> Forgeries(Rig rig, string leadId) => [];

    /// <summary>Whether a request by that name writes leads.</summary>
    public abstract bool IsWrite(string name);

    /// <summary>Lets nobody move these leads, for what their records hold.</summary>
    public virtual void Poison(Rig rig, IReadOnlyList<string> leads) => throw new NotSupportedException($"No lead of {Name} is poisoned.");

    /// <summary>Ends it.</summary>
    public virtual void Cure(Rig rig) => rig.Control.ClearFaults();

    /// <summary>Completes what every run has in common.</summary>
    public abstract RunFacts Facts(Rig rig, RunFacts common);
}
