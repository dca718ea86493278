using System.Text;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Sandbox.Hosting;

/// <summary>Where a client's request meets a dialect: faults strike here, and every request is logged here.</summary>
internal sealed class CrmFront(World world, ISandboxCrm crm, Action<SandboxExchange>? watch, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context)
    {
        var body = await LoopbackServer.ReadBodyAsync(context.Request);
        var request = Read(context.Request, body);
        var fault = world.Take(_ => world.Faults.Draw(crm.Name, request.Method, request.Path, world.Pages.GoesOn(crm.Name, request)));
        if (fault is { Fault: "delay" })
        {
            // A slow server does its work even for a client that has left.
            await Task.Delay(TimeSpan.FromSeconds(fault.Seconds ?? 1), world.Clock.Timers, stopping);
        }

        var isClientGone = context.RequestAborted.IsCancellationRequested;
        var reply = world.Take(now => Answer(request with { Now = now }, fault, isClientGone));
        if (!isClientGone)
        {
            await SendAsync(context, reply, fault);
        }
    }

    /// <summary>What the client gets; null when it gets nothing.</summary>
    private CrmReply? Answer(CrmRequest request, FaultRequest? fault, bool isClientGone)
    {
        switch (fault?.Fault)
        {
            case "drop-before":
                Log(request, null, fault, "lost");
                return null;
            case "delay-apply":
                Log(request, null, fault, "lost");
                world.Later.Add(request.Now.AddSeconds(fault.Seconds ?? 30), due => Run(request with { Now = due }, fault, "lost"));
                return null;
            case "drop-after":
                Run(request, fault, "lost");
                return null;
            case "status" or "redirect" or "html":
                var canned = CannedReplies.Of(fault, crm.ErrorBody);
                Log(request, canned, fault, "sent");
                return canned;
            case "revoke":
                crm.Revoke(request);
                return Run(request, fault, "sent");
            case "stale":
                return Run(request with { Staleness = TimeSpan.FromSeconds(fault.Seconds ?? 30) }, fault, "sent");
            default:
                return Run(request, fault, isClientGone ? "lost" : fault?.Fault == "cut" ? "cut" : "sent");
        }
    }

    private CrmReply Run(CrmRequest request, FaultRequest? fault, string outcome)
    {
        CrmReply reply;
        try
        {
            reply = world.Pages.Turn(crm.Name, request, crm.Answer(request), fault is { Fault: FaultBook.RepeatPage });
            watch?.Invoke(new SandboxExchange(crm.Name, request.Method, request.Path, request.BodyText, reply.Status, Encoding.UTF8.GetString(reply.Body.Span)) { Asked = [.. request.Query.Keys] });
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // A bug of the sandbox must not pass for a fault of the vendor.
            Console.Error.WriteLine($"{request.Method} {request.Path}: {bug}");
            reply = new CrmReply
            {
                Status = StatusCodes.Status500InternalServerError,
                ContentType = "text/plain",
                Body = Encoding.UTF8.GetBytes("The sandbox failed: " + bug),
            };
            outcome = "sandbox failed";
        }

        Log(request, reply, fault, outcome);
        return reply;
    }

    private void Log(CrmRequest request, CrmReply? reply, FaultRequest? fault, string outcome) => world.Log.Append(new LogEntry
    {
        At = request.Now,
        Crm = crm.Name,
        AccountId = reply?.AccountId,
        Kind = "request",
        Identity = reply?.Identity,
        Method = request.Method,
        Path = request.Path,
        Status = reply?.Status,
        Reply = outcome,
        WindowUsed = reply?.WindowUsed,
        Fault = fault?.Fault,
        Reads = reply?.Reads ?? [],
        Oldest = reply?.Oldest,
        Effects = reply?.Effects ?? [],
    });

    private static async Task SendAsync(HttpContext context, CrmReply? reply, FaultRequest? fault)
    {
        if (reply is null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentType = reply.ContentType;
        if (reply.Body.IsEmpty && reply.Status == StatusCodes.Status204NoContent)
        {
            // Even an empty write after a 204 ends the connection.
            return;
        }

        context.Response.ContentLength = reply.Body.Length;
        if (fault is { Fault: "cut" })
        {
            await context.Response.Body.WriteAsync(reply.Body[..(reply.Body.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    private static CrmRequest Read(HttpRequest request, byte[] body) => new()
    {
        Method = request.Method,
        Path = request.Path.Value ?? "/",
        Query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal),
        Headers = request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        Body = body,
        Now = default,
    };
}
