using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Benchmarks.Stub;

/// <summary>
/// A CRM that answers at once and limits nobody, in HubSpot's dialect: what is measured against it is the caller alone. It
/// is no sandbox: it knows only the calls of the pipeline, and believes whoever asks.
/// </summary>
internal sealed class StubRole(StubContacts contacts)
{
    private readonly StubAnswers _answers = new(contacts);
    private readonly ConcurrentDictionary<string, long> _calls = new();

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var stub = new StubRole(new(arguments.Number("leads", 1000)));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, arguments.Number("port", 0));
        });
        await using var app = builder.Build();
        app.Run(stub.HandleAsync);
        await app.StartAsync();
        RoleHost.Say(new() { ["ready"] = true });
        await RoleHost.UntilEndAsync();
        await app.StopAsync();
        return 0;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts[0] == "stub")
        {
            await ControlAsync(context, parts[1]);
            return;
        }
        _calls.AddOrUpdate($"{context.Request.Method} {Kind(parts)}", 1, (_, count) => count + 1);
        var body = context.Request.ContentLength > 0 || HttpMethods.IsPost(context.Request.Method)
            ? await JsonDocument.ParseAsync(context.Request.Body) : null;
        context.Response.ContentType = "application/json;charset=utf-8";
        using (body)
        {
            await using var answer = new Utf8JsonWriter(context.Response.BodyWriter);
            if (!Answer(context.Request, parts, body?.RootElement ?? default, answer))
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private bool Answer(HttpRequest request, string[] parts, JsonElement body, Utf8JsonWriter answer)
    {
        switch (parts)
        {
            case ["crm", "objects", _, var type, "batch", "read"]: _answers.BatchRead(type, body, answer); return true;
            case ["crm", "objects", _, "contacts", "batch", "update"]: _answers.BatchUpdate(body, answer); return true;
            case ["crm", "objects", _, "tasks" or "notes", "batch", "upsert"]: _answers.Upsert(body, answer); return true;
            case ["crm", "associations", _, _, "contacts", "batch", "associate", "default"]: new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray() }.WriteTo(answer); return true;
            case ["crm", "owners", ..]: new JsonObject { ["results"] = new JsonArray() }.WriteTo(answer); return true;
            case ["crm", "properties", _, "tasks" or "notes", "crmsync_key"]: StubSchema.Key().WriteTo(answer); return true;
            case ["crm", "associations", _, "contacts", var to, "batch", "read"]: StubAnswers.Links(to, body, answer); return true;
            case ["crm", "objects", _, _, "search"]: new JsonObject { ["total"] = 0, ["results"] = new JsonArray() }.WriteTo(answer); return true;
            case ["crm", "objects", _, var type]: List(request.Query, type, answer); return true;
            case ["crm", "properties", _, _, "lifecyclestage"]: StubSchema.Stage().WriteTo(answer); return true;
            case ["crm", "properties", _, _]: StubSchema.All().WriteTo(answer); return true;
            case ["account-info", ..]: new JsonObject { ["portalId"] = 33, ["timeZone"] = "Europe/Copenhagen" }.WriteTo(answer); return true;
            default: new JsonObject { ["status"] = "error", ["message"] = "resource not found" }.WriteTo(answer); return false;
        }
    }

    private void List(IQueryCollection query, string type, Utf8JsonWriter answer) => _answers.List(
        type, int.Parse(query["limit"].ToString(), CultureInfo.InvariantCulture),
        long.TryParse(query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0,
        query["archived"] == "true", query["properties"].ToString().Split(','), answer);

    private async Task ControlAsync(HttpContext context, string call)
    {
        if (call == "ask")
            contacts.Ask(long.Parse(context.Request.Query["first"]!, CultureInfo.InvariantCulture), int.Parse(context.Request.Query["count"]!, CultureInfo.InvariantCulture));
        var calls = new JsonObject();
        foreach (var (kind, count) in _calls.Order(Comparer<KeyValuePair<string, long>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key))))
            calls[kind] = count;
        await context.Response.WriteAsJsonAsync(new JsonObject { ["staged"] = contacts.Staged, ["calls"] = calls });
    }

    /// <summary>The path without version and ids.</summary>
    private static string Kind(string[] parts) =>
        string.Join('/', parts.Where((part, i) => i > 1 && (i != 2 || part is not ['2' or 'v', ..])));
}
