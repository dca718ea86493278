using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Access;
using CrmSync.Sandbox.HubSpot.Api;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot;

/// <summary>Answers requests: finds the account by its token and the endpoint by its path, and writes what comes of it as HubSpot would.</summary>
internal sealed class HubSpotApi(int seed, TokenBook tokens, OAuthEndpoints oauth, Func<long, HubSpotAccount> account)
{
    private long requests;

    public CrmReply Answer(CrmRequest request)
    {
        var correlationId = KeyedRandom.Uuid(seed, $"correlation/{Interlocked.Increment(ref requests)}").ToString();
        if (oauth.Answer(request) is { } grant)
        {
            return ToReply(grant.Status, grant.Body, correlationId) with { Identity = "app", Headers = Headers(correlationId, ("Location", grant.Location)) };
        }

        try
        {
            var credential = HubSpotGate.Authenticate(tokens, request);
            var target = account(credential.PortalId);
            return Answer(request, target, credential, correlationId);
        }
        catch (HubSpotRefusal refusal)
        {
            return ToReply(refusal.Status, refusal.ToJson(correlationId), correlationId);
        }
    }

    private static CrmReply Answer(CrmRequest request, HubSpotAccount target, Credential credential, string correlationId)
    {
        var (route, parts) = PathFamilies.Normalise(request.Path) is { } path ? Routes.Find(request.Method, path) : (null, []);
        var isSearch = route is { IsSearch: true };
        var verdict = target.Limits.Enter(target.Portal.Switches, credential.Kind, isSearch, request.Now);
        var call = new ApiCall(target.Portal, request, ChangeSource.Api(credential.Kind, target.App.AppId), parts);
        var reply = verdict.Refusal is { } policy
            ? ToReply(429, HubSpotGate.TooMany(policy, isSearch, correlationId), correlationId)
            : Run(route, call, correlationId);
        foreach (var (name, value) in verdict.Headers)
        {
            reply.Headers[name] = value;
        }

        return reply with { AccountId = target.Card.AccountId, Identity = credential.Kind, WindowUsed = verdict.Used, Reads = call.Reads, Oldest = call.Oldest, Effects = call.Effects };
    }

    private static CrmReply Run(Route? route, ApiCall call, string correlationId)
    {
        try
        {
            if (route is null)
            {
                throw HubSpotRefusal.NotFound();
            }

            HubSpotGate.RequireScope(call.Portal, route, call.Parts);
            var answer = route.Answer(call);
            return ToReply(answer.Status, answer.Body, correlationId) with { NextPage = NextPage(route, call, answer.Body) };
        }
        catch (HubSpotRefusal refusal)
        {
            return ToReply(refusal.Status, refusal.ToJson(correlationId), correlationId);
        }
    }

    /// <summary>A search is gone on with in its body, as often by another filter as by the place that the page names.</summary>
    private static string? NextPage(Route route, ApiCall call, JsonNode? body) => (body as JsonObject)?["paging"]?["next"]?["after"] is { } after
        ? PageBook.PageAt(call.Request.Path, route.IsSearch ? null : after.GetValue<string>())
        : null;

    private static CrmReply ToReply(int status, JsonNode? body, string correlationId) => new()
    {
        Status = status,
        Headers = Headers(correlationId),
        ContentType = body is null ? null : "application/json;charset=utf-8",
        Body = body is null ? ReadOnlyMemory<byte>.Empty : Encoding.UTF8.GetBytes(body.ToJsonString(HubSpotWire.Options)),
    };

    private static Dictionary<string, string> Headers(string correlationId, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var headers = new Dictionary<string, string> { ["X-HubSpot-Correlation-Id"] = correlationId };
        foreach (var (name, value) in more)
        {
            if (value is not null)
            {
                headers[name] = value;
            }
        }

        return headers;
    }
}
