using CrmSync.Adapters;

namespace CrmSync.Chaos.Rigging;

/// <summary>A CRM's own provider, with what a run puts before its parts.</summary>
internal sealed class Provider(ICrmProvider inner, RigSetting setting, Ear ear) : ICrmProvider
{
    public string Crm => inner.Crm;

    public IReadOnlyList<CrmProblem> Validate(CrmConnection connection) => inner.Validate(connection);

    public ICrmAdapter CreateAdapter(CrmConnection connection) => setting.Adapter(ear.Before(inner.CreateAdapter(connection)));

    public ICrmWebhook? CreateWebhook(CrmConnection connection) => inner.CreateWebhook(connection) is { } webhook ? setting.Webhook(webhook) : null;
}
