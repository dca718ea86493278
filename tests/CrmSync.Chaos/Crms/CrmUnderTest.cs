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

    /// <summary>Subscriptions of its webhooks; null: it sends none.</summary>
    public abstract IReadOnlyList<string>? Events { get; }

    /// <summary>Everything that may go wrong between worker and CRM, by the name under which it is promised.</summary>
    public abstract IReadOnlyList<FaultKind> Faults { get; }

    public abstract CrmDialect Dialect { get; }

    /// <summary>The CRM's names of the fields that people act on.</summary>
    public abstract string Handover { get; }
    public abstract string JobTitle { get; }

    public abstract void Register(IServiceCollection services);

    public abstract CrmConnection Connection(AccountCard account);

    /// <summary>The settings of a connection, as <c>kpi</c> reads them.</summary>
    public abstract object Settings(AccountCard account);

    public abstract SandboxOptions Sandbox(RigSetting setting, TimeProvider clock);

    /// <summary>The request without versions and ids, and what kind of read it is: <c>as guard</c>, <c>of facts</c>, <c>with history</c>.</summary>
    public abstract string NameOf(HttpRequestMessage request, string body);

    /// <summary>Whether a request by that name writes leads.</summary>
    public abstract bool IsWrite(string name);

    /// <summary>Completes what every run has in common.</summary>
    public abstract RunFacts Facts(Rig rig, RunFacts common);
}
