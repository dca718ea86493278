using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>The people of an account, and the account itself.</summary>
internal static class AccountEndpoints
{
    public static ApiReply Owners(ApiCall call)
    {
        var wanted = call.Request.Parameter("email");
        var owners = call.Portal.Owners.Where(owner => string.IsNullOrEmpty(wanted) || owner.Email == wanted)
            .Where(owner => call.Portal.IsArchived(owner) == call.IsArchivedWanted);
        var after = long.TryParse(call.Request.Parameter("after"), out var parsed) ? parsed : 0;
        var limit = call.Limit(100, 500);
        var page = owners.Where(owner => owner.Id > after).OrderBy(owner => owner.Id).Take(limit + 1).ToList();
        var body = new JsonObject { ["results"] = new JsonArray([.. page.Take(limit).Select(owner => (JsonNode)Write(call.Portal, owner))]) };
        ObjectEndpoints.AddPaging(body, call, page.Count > limit ? page[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
        return ApiReply.Ok(body);
    }

    public static ApiReply Owner(ApiCall call)
    {
        var byUser = call.Request.Parameter("idProperty") == "userId";
        var owner = call.Portal.Owners.FirstOrDefault(owner => (byUser ? owner.UserId : owner.Id).ToString(CultureInfo.InvariantCulture) == call["id"]);
        return ApiReply.Ok(Write(call.Portal, owner ?? throw HubSpotRefusal.NotFound()));
    }

    public static ApiReply Details(ApiCall call)
    {
        var offset = TimeZoneInfo.FindSystemTimeZoneById(call.Portal.Switches.TimeZone).GetUtcOffset(call.Request.Now);
        return ApiReply.Ok(new JsonObject
        {
            ["portalId"] = call.Portal.Id,
            ["accountType"] = "STANDARD",
            ["timeZone"] = call.Portal.Switches.TimeZone,
            ["companyCurrency"] = "DKK",
            ["additionalCurrencies"] = new JsonArray(),
            ["utcOffset"] = (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture),
            ["utcOffsetMilliseconds"] = (long)offset.TotalMilliseconds,
            ["uiDomain"] = "app.hubspot.com",
            ["dataHostingLocation"] = "eu1",
        });
    }

    private static JsonObject Write(Portal portal, HubSpotOwner owner) => new()
    {
        ["id"] = owner.Id.ToString(CultureInfo.InvariantCulture),
        ["email"] = owner.Email,
        ["type"] = "PERSON",
        ["firstName"] = owner.FirstName,
        ["lastName"] = owner.LastName,
        ["userId"] = portal.IsArchived(owner) ? null : owner.UserId,
        ["userIdIncludingInactive"] = owner.UserId,
        ["createdAt"] = "2024-02-01T09:00:00Z",
        ["updatedAt"] = "2024-02-01T09:00:00Z",
        ["archived"] = portal.IsArchived(owner),
        ["teams"] = new JsonArray(),
    };
}
