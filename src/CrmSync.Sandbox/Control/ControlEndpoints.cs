using System.Text.Json;
using CrmSync.Sandbox.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Sandbox.Control;

/// <summary>The control port: the same calls as <see cref="SandboxControl"/>, as JSON over HTTP.</summary>
internal static class ControlEndpoints
{
    public static void Map(WebApplication app, SandboxControl control)
    {
        app.UseRouting();
        Post<ResetRequest>(app, "/reset", control.Reset);
        Post<SwitchesRequest>(app, "/switches", Done<SwitchesRequest>(control.SetSwitches));
        Post<SubscriptionRequest>(app, "/subscriptions", Done<SubscriptionRequest>(control.Subscribe));
        Post<LeadsRequest>(app, "/leads", control.AddLeads);
        Post<GenerateRequest>(app, "/generate", control.Generate);
        Post<ActRequest>(app, "/act", control.Act);
        Post<FaultRequest>(app, "/faults", control.AddFault);
        Post<ClockRequest>(app, "/clock", control.MoveClock);
        app.MapGet("/clock", context => AnswerAsync(context, () => new ClockReply(control.Now)));
        app.MapGet("/state/{crm}", context => AnswerAsync(context, () => control.State(
            (string)context.Request.RouteValues["crm"]!, context.Request.Query["accountId"].FirstOrDefault())));
        app.MapGet("/key/{crm}", context => AnswerAsync(context, () => control.Key(
            (string)context.Request.RouteValues["crm"]!, context.Request.Query["accountId"].FirstOrDefault())));
        app.MapGet("/log", context => LogAsync(context, control));
        app.MapDelete("/faults", context => AnswerAsync(context, () =>
        {
            control.ClearFaults(context.Request.Query["crm"].FirstOrDefault());
            return new { done = true };
        }));
    }

    private static void Post<T>(WebApplication app, string path, Func<T, object> call) => app.MapPost(path, async context =>
    {
        T? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ControlJson.Options, context.RequestAborted);
        }
        catch (JsonException error)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new { error = error.Message });
            return;
        }

        await AnswerAsync(context, () => request is null ? throw new SandboxRequestException("A JSON object is expected.") : call(request));
    });

    private static Func<T, object> Done<T>(Action<T> call) => request =>
    {
        call(request);
        return new { done = true };
    };

    private static async Task AnswerAsync(HttpContext context, Func<object> call)
    {
        try
        {
            await WriteAsync(context, StatusCodes.Status200OK, call());
        }
        catch (SandboxRequestException error)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new { error = error.Message });
        }
    }

    private static async Task LogAsync(HttpContext context, SandboxControl control)
    {
        var after = long.TryParse(context.Request.Query["after"].FirstOrDefault(), out var number) ? number : 0;
        context.Response.ContentType = "application/x-ndjson";
        foreach (var entry in control.Log(after))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, entry, ControlJson.Options, context.RequestAborted);
            await context.Response.WriteAsync("\n", context.RequestAborted);
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, body, body.GetType(), ControlJson.Options, context.RequestAborted);
    }
}
