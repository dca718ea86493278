using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Access;
using CrmSync.Sandbox.Pipedrive.Api;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive;

/// <summary>Answers requests: finds the company by its token and the endpoint by its path, and writes what comes of it as Pipedrive would.</summary>
internal sealed class PipedriveApi(int seed, CredentialBook credentials, PipedriveOAuth oauth, Func<PipedriveCompany, PipedriveAccount> account, Func<PipedriveSwitches> switches, World world)
{
    private long requests;

    public CrmReply Answer(CrmRequest request)
    {
        if (oauth.Answer(request) is { } grant)
        {
            return grant;
        }

        var correlation = KeyedRandom.Uuid(seed, $"correlation/{++requests}").ToString();
        PipedriveCredential credential;
        try
        {
            credential = PipedriveGate.Authenticate(credentials, request, switches());
        }
        catch (Refusal refusal)
        {
            var reply = Json(refusal.Status, refusal.Body, correlation);
            if (refusal.Status == 401)
            {
                reply.Headers["x-401-by-gw"] = "true";
            }

            return reply;
        }

        return Answer(request, account(credential.Company), credential, correlation);
    }

    private CrmReply Answer(CrmRequest request, PipedriveAccount target, PipedriveCredential credential, string correlation)
    {
        var burst = target.Burst(credential.Text);
        if (burst.IsBlocked(request.Now))
        {
            return new CrmReply
            {
                Status = 403,
                ContentType = "text/html; charset=UTF-8",
                Body = Encoding.UTF8.GetBytes(PipedriveGate.FirewallPage),
                AccountId = target.Card.AccountId,
                Identity = credential.Kind,
            };
        }

        var (version, path) = Split(request.Path);
        var (route, parts) = Routes.Find(request.Method, version, path);
        var cost = route?.Cost ?? 1;
        var context = new CompanyWrite(CompanyActor.Api(target.Company.ApiUser, credential.Kind), request.Now) { CorrelationId = correlation };
        var call = new PipedriveCall(target.Company, request, parts, context) { Later = world.Later, Log = Log(target), Webhooks = target.Webhooks };
        var mayPass = PipedriveGate.TryEnter(target, credential, cost, route is { IsSearch: true }, request.Now);
        var reply = mayPass ? Run(route, version, path, call, credential, target, correlation) : TooMany(target, correlation);
        burst.AddHeaders(target.Company.Switches, credential.Kind, version == "v1" && request.Method is "POST" or "PUT", request.Now, reply.Headers);
        target.Purse.AddHeaders(target.Company.Switches, request.Now, reply.Headers);
        return reply with { AccountId = target.Card.AccountId, Identity = credential.Kind, WindowUsed = burst.Used(request.Now), Reads = call.Reads, Effects = context.Effects };
    }

    private static CrmReply Run(PipedriveRoute? route, string version, string[] path, PipedriveCall call, PipedriveCredential credential, PipedriveAccount target, string correlation)
    {
        try
        {
            if (route is null)
            {
                throw Routes.Missing(version, path, call.Switches);
            }

            ScopeRule.Require(credential, call.Switches, route.Scopes);
            var answer = route.Answer(call);
            return Json(answer.Status, answer.Body, correlation) with { NextPage = NextPage(call, answer.Body) };
        }
        catch (Refusal refusal)
        {
            if (!call.Switches.ErrorsCost)
            {
                target.Purse.Return(route?.Cost ?? 1);
            }

            return Json(refusal.Status, refusal.Body, correlation);
        }
    }

    /// <summary>By a cursor in the second version; in the first by how many records came before, told in one place or another.</summary>
    private static string? NextPage(PipedriveCall call, JsonNode body)
    {
        var more = (body as JsonObject)?["additional_data"] as JsonObject;
        if (more?["next_cursor"] is JsonValue cursor)
        {
            return PageBook.PageAt(call.Request.Path, cursor.GetValue<string>());
        }

        var page = more?["pagination"] as JsonObject ?? more;
        return page?["more_items_in_collection"]?.GetValue<bool>() == true
            ? PageBook.PageAt(call.Request.Path, (page["start"]!.GetValue<int>() + page["limit"]!.GetValue<int>()).ToString(CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>The second and the day are refused with the same status and body.</summary>
    private static CrmReply TooMany(PipedriveAccount target, string correlation)
    {
        var refusal = Refusal.Gateway(429, "request over limit");
        var reply = Json(refusal.Status, refusal.Body, correlation);
        if (target.Company.Switches.RetryAfter)
        {
            reply.Headers["Retry-After"] = "2";
        }

        return reply;
    }

    private Action<DateTimeOffset, string, IReadOnlyList<Effect>> Log(PipedriveAccount target) =>
        (at, path, effects) => world.Log.Append(LogEntries.Act(PipedriveAccount.CrmName, target.Card.AccountId, at, path, effects));

    /// <summary>v1 answers with and without <c>/api</c> before it, v2 only with it.</summary>
    private static (string Version, string[] Path) Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["api", "v1" or "v2", .. var rest] => (path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1], rest),
        ["v1", .. var rest] => ("v1", rest),
        var all => ("", all),
    };

    private static CrmReply Json(int status, JsonNode body, string correlation) => new()
    {
        Status = status,
        Headers = new Dictionary<string, string> { ["x-correlation-id"] = correlation },
        ContentType = "application/json; charset=utf-8",
        Body = Encoding.UTF8.GetBytes(body.ToJsonString(Replies.Options)),
    };
}
