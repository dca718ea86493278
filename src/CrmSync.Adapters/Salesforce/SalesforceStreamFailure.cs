using CrmSync.Adapters.Salesforce.PubSub;

namespace CrmSync.Adapters.Salesforce;

/// <summary>A call's end in the product's words.</summary>
internal static class SalesforceStreamFailure
{
    /// <summary>The allowance is that of a rolling day: some of it comes back with every hour.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    public static CrmException Of(BusFault fault, string channel, DateTimeOffset now) => fault.Kind switch
    {
        BusFaultKind.Session => new(CrmFailure.Unauthorised, "Salesforce's event bus refuses the session.")
        {
            Repair = "Give the app the scope 'api' and its user the right to subscribe to change events, or set Mapping:Options:ChangeEvents: off.",
        },
        BusFaultKind.Allowance => new(CrmFailure.RateLimited, "The org's daily allowance of delivered events is used up.") { RetryAt = now + Rest },
        BusFaultKind.Topic => new(CrmFailure.Refused, $"Salesforce does not let us listen to {channel}: {fault.Word}.")
        {
            Repair = "Setup > Integrations > Change Data Capture: select the objects (crmsync setup does), and let the user view all data of them; or set Mapping:Options:ChangeEvents: off.",
        },
        _ => new(CrmFailure.Transient, $"Salesforce's event bus broke off: {fault.Word}."),
    };
}
