using System.Text.RegularExpressions;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Access;
using CrmSync.Sandbox.Salesforce.Api;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce;

/// <summary>Answers requests: finds the org by its token and the endpoint by its path, and writes what comes of it as Salesforce would.</summary>
internal sealed partial class SalesforceApi(SessionBook sessions, SalesforceOAuth oauth, Func<Org, SalesforceAccount> account)
{
    private const string Expired = "Session expired or invalid";
    private const string NotAllowed = "This session is not valid for use with the REST API";

    public CrmReply Answer(CrmRequest request)
    {
        if (AddressLimit.Refuse(request) is { } page)
        {
            return page;
        }

        if (oauth.Consent(request) is { } consent)
        {
            return consent;
        }

        if (oauth.Answer(request) is { } grant)
        {
            return SalesforceReplies.Json(request, grant.Status, grant.Body) with { Identity = "app" };
        }

        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return parts switch
            {
                ["services", "data"] => SalesforceReplies.Json(request, 200, DescribeEndpoints.Versions()),
                ["services", "Soap", "u" or "c", var version] => AnswerSoap(request, version, (call, body) => SoapEndpoints.Answer(call, body)),
                ["services", "Soap", "m", var version] => AnswerSoap(request, version, (call, body) => MetadataEndpoints.Answer(call, body)),
                ["services", "data", var version, .. var rest] => DescribeEndpoints.Refuse(version) is { } refusal ? throw refusal : AnswerRest(request, version[1..], rest),
                _ => throw SalesforceRefusal.NoResource(),
            };
        }
        catch (SalesforceRefusal refusal)
        {
            return SalesforceReplies.Json(request, refusal.Status, refusal.ToBody());
        }
    }

    private CrmReply AnswerRest(CrmRequest request, string version, string[] parts)
    {
        var session = Authenticate(request);
        var target = account(session.Org);
        var call = Call(request, target, version, parts, "rest", parts is not ["composite", ..] || session.Org.Switches.CompositeCarriesClient);
        RestReply reply;
        try
        {
            Enter(request, target);
            reply = RestRoutes.Answer(call);
        }
        catch (SalesforceRefusal refusal)
        {
            reply = new RestReply(refusal.Status, refusal.ToBody());
        }

        return SalesforceReplies.Finish(request, target, call, reply);
    }

    private CrmReply AnswerSoap(CrmRequest request, string version, Func<RestCall, System.Xml.Linq.XElement, RestReply> answer)
    {
        if (Soap.Read(request.BodyText) is not { } envelope)
        {
            return SalesforceReplies.Text(request, Soap.Fault("UNKNOWN_EXCEPTION", "Premature end of file."));
        }

        if (sessions.Use(envelope.Session, request.Now) is not { } session)
        {
            return SalesforceReplies.Text(request, Soap.Fault("INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader: Illegal Session"));
        }

        var target = account(session.Org);
        var call = Call(request, target, version, [], "soap", true);
        try
        {
            Enter(request, target);
        }
        catch (SalesforceRefusal refusal)
        {
            return SalesforceReplies.Finish(request, target, call, Soap.Fault(refusal.Code, refusal.Message));
        }

        return SalesforceReplies.Finish(request, target, call, answer(call, envelope.Call));
    }

    private Session Authenticate(CrmRequest request)
    {
        if (request.Header("Authorization") is { } header && SalesforceOAuth.BearerOf(request) is null)
        {
            throw new SalesforceRefusal(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE: " + header.Split(' ')[0]);
        }

        var session = SalesforceOAuth.BearerOf(request) is { } token ? sessions.Use(token, request.Now) : null;
        return session is null ? throw new SalesforceRefusal(401, "INVALID_SESSION_ID", Expired)
            : session.Org.Switches.SessionsRefused ? throw new SalesforceRefusal(401, "INVALID_SESSION_ID", NotAllowed)
            : session;
    }

    /// <summary>Both limits answer 403 with the same code; only the message tells them apart.</summary>
    private static void Enter(CrmRequest request, SalesforceAccount target)
    {
        if (target.Org.Switches.ConcurrentLimitReached)
        {
            throw new SalesforceRefusal(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.");
        }

        if (!target.Meter.TryCount(request.Now, target.Org.Switches.DailyLimit))
        {
            throw new SalesforceRefusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }
    }

    private static RestCall Call(CrmRequest request, SalesforceAccount target, string version, string[] parts, string api, bool carriesClient)
    {
        var client = carriesClient && Client().Match(request.Header("Sforce-Call-Options") ?? "") is { Success: true } match ? match.Groups[1].Value : null;
        return new RestCall(target.Org, request, version, parts)
        {
            Cursors = target.Cursors,
            Meter = target.Meter,
            Write = new Transaction(OrgActor.Api(target.Org.ApiUser, api, version, client), request.Now),
            Dispatch = RestRoutes.Answer,
        };
    }

    [GeneratedRegex(@"client\s*=\s*([^;,\s]+)")]
    private static partial Regex Client();
}
