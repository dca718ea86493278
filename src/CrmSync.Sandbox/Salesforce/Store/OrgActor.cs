namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>Who changed something: the user, the origin that change events tell, and the name that the sandbox's log uses.</summary>
internal sealed record OrgActor(string UserId, string Origin, string LogName)
{
    /// <summary>A person in the surface, which itself talks to an API.</summary>
    public static OrgActor Person(SalesforceUser user) => new(user.Id, "com/salesforce/api/soap/68.0;client=SfdcInternalAPI/", "person:" + user.Key);

    /// <summary>A flow, or a job of the customer.</summary>
    public static OrgActor Automation(SalesforceUser user) => new(user.Id, "", "automation");

    public static OrgActor Visitor(SalesforceUser user) => new(user.Id, "", "visitor");

    public static OrgActor Import(SalesforceUser user) => new(user.Id, "com/salesforce/api/bulkapi/68.0", "control");

    public static OrgActor Api(SalesforceUser user, string api, string version, string? client) =>
        new(user.Id, $"com/salesforce/api/{api}/{version}" + (client is null ? "" : ";client=" + client), "api:user");
}

/// <summary>A user of the org; the key is the scenario's word for the person.</summary>
internal sealed record SalesforceUser(string Key, string Id, string Username);
