using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The people who work in the account, and the account itself.</summary>
internal static class UserEndpoints
{
    public static PipedriveReply Me(PipedriveCall call)
    {
        var company = call.Company;
        var json = Json(company, company.ApiUser);
        json["company_id"] = company.Id;
        json["company_name"] = $"Company {company.Domain[7..]}";
        json["company_domain"] = company.Domain;
        json["company_country"] = "DK";
        json["company_industry"] = "software";
        json["language"] = new JsonObject { ["language_code"] = "en", ["country_code"] = "US" };
        return Replies.Data(json);
    }

    public static PipedriveReply List(PipedriveCall call) => Replies.Data(new JsonArray([.. call.Company.Users.Select(user => Json(call.Company, user))]));

    public static PipedriveReply Get(PipedriveCall call) =>
        long.TryParse(call.Parts[0], out var id) && call.Company.UserOf(id) is { } user ? Replies.Data(Json(call.Company, user))
            : throw Refusal.Generic(404, "User not found", "Object was not found.");

    private static JsonObject Json(PipedriveCompany company, PipedriveUser user)
    {
        var isActive = !company.IsInactive(user);
        return new JsonObject
        {
            ["id"] = user.Id,
            ["name"] = user.Name,
            ["default_currency"] = "EUR",
            ["locale"] = "en_US",
            ["lang"] = 1,
            ["email"] = user.Email,
            ["phone"] = null,
            ["activated"] = true,
            ["last_login"] = "2026-01-02 08:00:00",
            ["created"] = "2025-01-02 08:00:00",
            ["modified"] = null,
            ["has_created_company"] = user == company.ApiUser,
            ["access"] = new JsonArray(new JsonObject { ["app"] = "sales", ["admin"] = user == company.ApiUser, ["permission_set_id"] = "62cc4d7f-4038-4352-abf3-a8c1c822b631" }),
            ["active_flag"] = isActive,
            ["timezone_name"] = "Europe/Copenhagen",
            ["timezone_offset"] = "+01:00",
            ["role_id"] = 1,
            ["icon_url"] = null,
            ["is_you"] = user == company.ApiUser,
            ["is_deleted"] = !isActive,
            ["is_admin"] = user == company.ApiUser ? 1 : 0,
        };
    }
}
