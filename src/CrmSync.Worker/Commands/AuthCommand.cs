using System.CommandLine;
using CrmSync.Adapters;
using CrmSync.Worker.Commands.Auth;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary><c>auth login</c>: a person lets the app of a connection in, and the grant is stored, encrypted.</summary>
internal static class AuthCommand
{
    private const int UsualPort = 8085;
    private static readonly Argument<string> Name = ConnectionArgument.Create();
    private static readonly Option<int> Port = new("--port") { Description = "The browser comes back to http://localhost:PORT/callback: the app must know this address.", HelpName = "PORT", DefaultValueFactory = _ => UsualPort };
    private static readonly Option<bool> Paste = new("--paste") { Description = "The browser is on another machine: type in the address that it ends at." };

    public static Command Create(CommandWorld world)
    {
        var login = new Command("login", "Lets a person authorise the app of a connection in a browser, and stores the grant, encrypted.") { Name, Port, Paste };
        login.SetAction((parsed, cancellationToken) => LoginAsync(world, parsed, cancellationToken));
        return new Command("auth", "Who lets CrmSync in.") { login };
    }

    private static async Task<int> LoginAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        var connection = await ConnectionArgument.FindAsync(settings, parsed.GetRequiredValue(Name), cancellationToken);
        await using var crms = Opening.Crms(world, parsed, settings);
        var authorization = crms.ProviderOf(connection).CreateAuthorization(connection.Crm) ?? throw NotNeeded(connection.Crm.Name);
        var port = parsed.GetValue(Port);
        if (port is < 1 or > 65535)
            throw new CommandFailure(ExitCode.Usage, "usage", $"{port} is no port.", "Use 1 to 65535, as it is registered with the app.");
        var attempt = AuthorizationTry.New(new($"http://localhost:{port}{AuthorizationAnswer.Path}"));
        var told = parsed.IsJson() ? world.Error : world.Out;
        void Show()
        {
            told.WriteLine($"Open this page in a browser, sign in to the account that '{connection.Crm.Name}' is to work in, and agree:");
            told.WriteLine($"  {authorization.PageOf(attempt).AbsoluteUri}");
        }
        string code;
        if (parsed.GetValue(Paste))
        {
            Show();
            code = AuthorizationAnswer.Pasted(told, world.In, attempt);
        }
        else
            code = await LoopbackAnswer.WaitAsync(attempt, Show, world.Clock, cancellationToken);
        var authorized = await RedeemAsync(authorization, code, attempt, connection.Crm.Name, cancellationToken);
        await new StoredGrants(settings.DataDirectory).SaveAsync(connection.Crm.Name, authorized.Grant, CancellationToken.None);
        Print(world, parsed, settings, connection.Crm, authorized);
        return (int)ExitCode.Done;
    }

    private static async Task<AuthorizedGrant> RedeemAsync(
        ICrmAuthorization authorization, string code, AuthorizationTry attempt, string connection, CancellationToken cancellationToken)
    {
        try
        {
            return await authorization.RedeemAsync(code, attempt, cancellationToken);
        }
        catch (CrmException failure)
        {
            var isRefused = failure.Failure is CrmFailure.Unauthorised or CrmFailure.Refused;
            throw new CommandFailure(isRefused ? ExitCode.Refused : ExitCode.Unavailable, "login-failed",
                [new($"Connections:{connection}", failure.Message, failure.Repair ?? "Try again: a code is good for one use and a few minutes.")]);
        }
    }

    private static void Print(CommandWorld world, ParseResult parsed, WorkerSettings settings, CrmConnection connection, AuthorizedGrant authorized)
    {
        var scopes = authorized.Grant.Scopes;
        if (parsed.IsJson())
        {
            world.Document(new { connection = connection.Name, account = authorized.AccountId, scopes, dataDirectory = settings.DataDirectory });
            return;
        }
        var account = authorized.AccountId is { } id ? $" for the account {id}" : "";
        world.Out.WriteLine($"{connection.Name} is authorised{account}. The grant lies in {settings.DataDirectory}, encrypted; its keys beside it in 'keys'.");
        if (connection.AccountId is null && authorized.AccountId is not null)
            world.Out.WriteLine($"Pin the connection to that account: Connections:{connection.Name}:AccountId={authorized.AccountId}.");
        world.Out.WriteLine($"A worker that runs takes it with its next request. 'crmsync check' says what else is needed.");
    }

    private static CommandFailure NotNeeded(string connection) => new(ExitCode.Usage, "no-consent",
        [new($"Connections:{connection}", "Nobody has to let this connection in: it has a token, or its app asks in its own name.",
            "To have a person let it in, take Token out and give ClientId and ClientSecret; docs/ says what else this CRM wants.")]);
}
