using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>What the platform tells a token's holder of who it is.</summary>
internal static class SalesforceIdentity
{
    /// <param name="url">The org's address, without a slash at its end.</param>
    public static JsonObject Of(Org org, string url) => new()
    {
        ["sub"] = $"https://login.salesforce.com/id/{org.Id}/{org.ApiUser.Id}",
        ["id"] = $"https://login.salesforce.com/id/{org.Id}/{org.ApiUser.Id}",
        ["user_id"] = org.ApiUser.Id,
        ["organization_id"] = org.Id,
        ["preferred_username"] = org.ApiUser.Username,
        ["username"] = org.ApiUser.Username,
        ["name"] = "Crmsync Holm",
        ["display_name"] = "Crmsync Holm",
        ["email"] = org.ApiUser.Username,
        ["user_type"] = "STANDARD",
        ["active"] = true,
        ["language"] = "en_US",
        ["urls"] = new JsonObject { ["rest"] = url + "/services/data/v{version}/", ["sobjects"] = url + "/services/data/v{version}/sobjects/",
            ["query"] = url + "/services/data/v{version}/query/" },
    };
}
