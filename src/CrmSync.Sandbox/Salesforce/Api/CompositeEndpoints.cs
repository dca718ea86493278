using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>Requests that carry others: composite ones may use each other's answers, those of a batch are on their own.</summary>
internal static partial class CompositeEndpoints
{
    private const int MostRequests = 25;
    private const int MostQueries = 5;

    public static RestReply Composite(RestCall call)
    {
        var inner = (call.Body["compositeRequest"] as JsonArray ?? throw SalesforceRefusal.Json("compositeRequest not specified at [line:1, column:1]"))
            .Select(node => node as JsonObject ?? []).ToList();
        if (SalesforceJson.Flag(call.Body["allOrNone"]))
        {
            throw new SalesforceRefusal(400, "FUNCTIONALITY_NOT_ENABLED", "This sandbox cannot take back a composite request; send allOrNone false.");
        }

        Require(inner.Count, inner.Count(request => (SalesforceJson.Text(request["url"]) ?? "") is var url
            && (url.Contains("/query", StringComparison.Ordinal) || url.Contains("/composite/", StringComparison.Ordinal))));
        if (inner.Exists(request => SalesforceJson.Text(request["referenceId"]) is null || SalesforceJson.Text(request["method"]) is null
            || SalesforceJson.Text(request["url"]) is null))
        {
            throw SalesforceRefusal.Json("referenceId, method and url are required at [line:1, column:1]");
        }

        var answers = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var results = new JsonArray();
        foreach (var request in inner)
        {
            var reference = SalesforceJson.Text(request["referenceId"])!;
            var reply = Run(call, SalesforceJson.Text(request["method"])!, Fill(SalesforceJson.Text(request["url"])!, answers), Fill(request["body"], answers),
                request["httpHeaders"] as JsonObject);
            answers[reference] = reply.Body;
            results.Add(new JsonObject
            {
                ["body"] = reply.Body?.DeepClone(),
                ["httpHeaders"] = new JsonObject(reply.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
                ["httpStatusCode"] = reply.Status,
                ["referenceId"] = reference,
            });
        }

        return RestReply.Ok(new JsonObject { ["compositeResponse"] = results });
    }

    public static RestReply Batch(RestCall call)
    {
        var inner = (call.Body["batchRequests"] as JsonArray ?? throw SalesforceRefusal.Json("batchRequests not specified at [line:1, column:1]"))
            .Select(node => node as JsonObject ?? []).ToList();
        Require(inner.Count, 0);
        var haltsOnError = SalesforceJson.Flag(call.Body["haltOnError"]);
        var (hasErrors, results) = (false, new JsonArray());
        foreach (var request in inner)
        {
            if (hasErrors && haltsOnError)
            {
                results.Add(new JsonObject { ["statusCode"] = 412,
                    ["result"] = new SalesforceRefusal(412, "BATCH_PROCESSING_HALTED", "Batch processing halted per request") { IsCodeFirst = true }.ToBody() });
                continue;
            }

            call.Meter.Count(call.Request.Now);
            var url = SalesforceJson.Text(request["url"]) ?? "";
            var reply = Run(call, SalesforceJson.Text(request["method"]) ?? "GET", url.StartsWith('/') ? url : "/services/data/" + url, request["richInput"], null);
            hasErrors |= reply.Status >= 400;
            results.Add(new JsonObject { ["statusCode"] = reply.Status, ["result"] = reply.Body?.DeepClone() });
        }

        return RestReply.Ok(new JsonObject { ["hasErrors"] = hasErrors, ["results"] = results });
    }

    private static RestReply Run(RestCall call, string method, string url, JsonNode? body, JsonObject? headers)
    {
        var cut = url.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(cut < 0 ? url : url[..cut]);
        var all = new Dictionary<string, string>(call.Request.Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers ?? [])
        {
            all[name] = SalesforceJson.Text(value) ?? "";
        }

        var request = call.Request with
        {
            Method = method.ToUpperInvariant(),
            Path = path,
            Query = QueryHelpers.ParseQuery(cut < 0 ? "" : url[cut..]).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal),
            Headers = all,
            Body = body is null ? ReadOnlyMemory<byte>.Empty : Encoding.UTF8.GetBytes(body.ToJsonString(SalesforceJson.Options)),
        };
        if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["services", "data", var version, .. var parts])
        {
            return new RestReply(404, SalesforceRefusal.NoResource().ToBody());
        }

        try
        {
            return call.Dispatch(new RestCall(call.Org, request, version.TrimStart('v'), parts)
            {
                Cursors = call.Cursors, Meter = call.Meter, Write = call.Write, Dispatch = call.Dispatch, Reads = call.Reads,
            });
        }
        catch (SalesforceRefusal refusal)
        {
            return new RestReply(refusal.Status, refusal.ToBody());
        }
    }

    private static JsonNode? Fill(JsonNode? body, Dictionary<string, JsonNode?> answers) => body is null ? null
        : SalesforceJson.Read(Encoding.UTF8.GetBytes(Fill(body.ToJsonString(SalesforceJson.Options), answers)));

    /// <summary>Replaces @{reference.path} by what an earlier answer holds there.</summary>
    private static string Fill(string text, Dictionary<string, JsonNode?> answers) => Reference().Replace(text, match =>
    {
        var node = answers.GetValueOrDefault(match.Groups[1].Value);
        foreach (Match step in Step().Matches(match.Groups[2].Value))
        {
            node = step.Groups[2].Success ? (node as JsonArray)?.ElementAtOrDefault(int.Parse(step.Groups[2].ValueSpan, null)) : (node as JsonObject)?[step.Groups[1].Value];
        }

        return node?.ToString() ?? throw new SalesforceRefusal(400, "PROCESSING_HALTED", $"Invalid reference specified. No value for {match.Value[2..^1]} found");
    });

    private static void Require(int count, int queries)
    {
        if (count > MostRequests || queries > MostQueries)
        {
            throw new SalesforceRefusal(400, "LIMIT_EXCEEDED", count > MostRequests ? $"Limit exceeded: {MostRequests} subrequests"
                : $"Limit exceeded: {MostQueries} queries or collections");
        }
    }

    [GeneratedRegex(@"@\{([A-Za-z0-9_]+)((?:\.[A-Za-z0-9_]+|\[\d{1,5}\])+)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\.([A-Za-z0-9_]+)|\[(\d+)\]")]
    private static partial Regex Step();
}
