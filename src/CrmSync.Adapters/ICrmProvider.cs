namespace CrmSync.Adapters;

/// <summary>Makes the parts of one kind of CRM; registered by <c>Add&lt;Crm&gt;</c>.</summary>
public interface ICrmProvider
{
    /// <summary>The value of <c>Connections:&lt;name&gt;:Crm</c>.</summary>
    string Crm { get; }

    /// <summary>What is wrong with the settings themselves, without asking the CRM.</summary>
    IReadOnlyList<CrmProblem> Validate(CrmConnection connection);

    ICrmAdapter CreateAdapter(CrmConnection connection);

    /// <summary>The rights that the app of a connection needs as it is set up, in the vendor's words; empty where the CRM has none.</summary>
    IReadOnlyList<string> NeededScopes(CrmConnection connection) => [];

    /// <summary>Null where no person has to let the app in: it has a token, or asks in its own name.</summary>
    ICrmAuthorization? CreateAuthorization(CrmConnection connection) => null;

    /// <summary>Null for a CRM or a connection without webhooks.</summary>
    ICrmWebhook? CreateWebhook(CrmConnection connection);
}
