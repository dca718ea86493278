namespace CrmSync.Adapters;

/// <summary>Makes the parts of one kind of CRM; registered by <c>Add&lt;Crm&gt;</c>.</summary>
public interface ICrmProvider
{
    /// <summary>The value of <c>Connections:&lt;name&gt;:Crm</c>.</summary>
    string Crm { get; }

    /// <summary>What is wrong with the settings themselves, without asking the CRM.</summary>
    IReadOnlyList<CrmProblem> Validate(CrmConnection connection);

    ICrmAdapter CreateAdapter(CrmConnection connection);

    /// <summary>Null for a CRM or a connection without webhooks.</summary>
    ICrmWebhook? CreateWebhook(CrmConnection connection);
}
