using CrmSync.Adapters;
using CrmSync.Worker.Commands.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Worker.Commands.Auth;

/// <summary>Listens on this machine for the browser that comes back, and for nobody else: what is no answer to this try changes nothing.</summary>
internal static class LoopbackAnswer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The code that the browser brings.</summary>
    /// <param name="show">Shows the page to open, once the answer can be taken.</param>
    /// <exception cref="CommandFailure">Refused, nobody came in time, or the port is taken.</exception>
    public static async Task<string> WaitAsync(AuthorizationTry attempt, Action show, TimeProvider clock, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(attempt.Redirect.Port);
        });
        await using var app = builder.Build();
        app.Run(context => TakeAsync(context, attempt, answer));
        try
        {
            await app.StartAsync(cancellationToken);
            show();
            return await answer.Task.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (IOException taken)
        {
            throw new CommandFailure(ExitCode.Unavailable, "port-taken", taken.Message, "Name another port with --port, and register its address with the app; or use --paste.");
        }
        catch (TimeoutException)
        {
            throw new CommandFailure(ExitCode.Unavailable, "login-timeout", "Nobody agreed in time.", "Run the command again; where the browser is on another machine, add --paste.");
        }
        finally
        {
            // The last answer is on its way to the browser.
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static Task TakeAsync(HttpContext context, AuthorizationTry attempt, TaskCompletionSource<string> answer)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Path != AuthorizationAnswer.Path)
            return SayAsync(context, StatusCodes.Status404NotFound, "Not here.");
        try
        {
            if (AuthorizationAnswer.CodeOf(context.Request.Query.ToDictionary(), attempt) is not { } code)
                return SayAsync(context, StatusCodes.Status400BadRequest, "This is no answer to the page that crmsync shows. Run 'crmsync auth login' again and open its page.");
            answer.TrySetResult(code);
            return SayAsync(context, StatusCodes.Status200OK, "Thank you. The terminal tells the rest; you may close this window.");
        }
        catch (CommandFailure refused)
        {
            answer.TrySetException(refused);
            return SayAsync(context, StatusCodes.Status200OK, "CrmSync was not let in; the terminal tells more. You may close this window.");
        }
    }

    private static Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
