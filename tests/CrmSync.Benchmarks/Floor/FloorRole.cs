using System.Net;
using CrmSync.Benchmarks.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Benchmarks.Floor;

/// <summary>
/// The least that a durable webhook endpoint can be: Kestrel alone, the signature, one row, the answer after the commit.
/// It knows no event, no duplicate and no second connection.
/// </summary>
internal static class FloorRole
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var signature = new FloorSignature(arguments.Text("secret"), arguments.Text("signed-as"));
        SQLitePCL.Batteries_V2.Init();
        using var writer = new FloorWriter(Path.Combine(arguments.Text("data"), "floor.db"));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, arguments.Number("port", 0));
        });
        await using var app = builder.Build();
        app.Run(context => HandleAsync(context, signature, writer));
        await app.StartAsync();
        RoleHost.Say(new() { ["ready"] = true });
        await RoleHost.UntilEndAsync();
        await app.StopAsync();
        return 0;
    }

    private static async Task HandleAsync(HttpContext context, FloorSignature signature, FloorWriter writer)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body);
        if (signature.IsGood(context.Request.Headers, body))
            await writer.AddAsync(body);
        else
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
