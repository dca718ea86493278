using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Adapters.Salesforce;
using CrmSync.Sandbox;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Tests.Support;

/// <summary>The built worker beside sandboxes of all three CRMs, as the connections <c>main</c>, <c>sf</c> and <c>pd</c> of the pages, and commands given to it.</summary>
internal sealed class SandboxedWorker : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-docs-").FullName;
    private readonly int _admin = Ports.Free();
    private SandboxHost _sandbox = null!;
    private WorkerProcess? _worker;
    private string _lead = "";

    private string Config => Path.Combine(_directory, "settings.json");
    private string Data => Path.Combine(_directory, "data");

    public static async Task<SandboxedWorker> StartAsync()
    {
        var world = new SandboxedWorker { _sandbox = await SandboxHost.StartAsync(new() { HubSpot = new() { SearchLagSeconds = 0 } }) };
        var accounts = world._sandbox.Control.Reset(new() { Accounts = new Dictionary<string, int> { ["hubspot"] = 1, ["salesforce"] = 1, ["pipedrive"] = 1 } }).Accounts.ToDictionary(a => a.Crm);
        world._lead = world._sandbox.Control.AddLeads(new() { Crms = ["hubspot", "salesforce", "pipedrive"], Leads = [Some.Lead("anna")] }).Ids.First(id => id.Crm == "hubspot").Id;
        var (hs, sf, pd) = (accounts["hubspot"], accounts["salesforce"], accounts["pipedrive"]);
        Directory.CreateDirectory(world.Data);
        await File.WriteAllTextAsync(world.Config, JsonSerializer.Serialize(new
        {
            Connections = new
            {
                main = new { Crm = "hubspot", hs.AccountId, hs.BaseUrl, hs.ClientId, hs.ClientSecret },
                sf = new { Crm = "salesforce", sf.AccountId, sf.BaseUrl, sf.ClientId, sf.ClientSecret, Mapping = new { Options = new { ChangeEvents = "off", Login = "consent" } } },
                pd = new { Crm = "pipedrive", pd.AccountId, pd.BaseUrl, pd.ClientId, pd.ClientSecret },
            },
        }));
        return world;
    }

    /// <summary>Runs a command as it is written on a page. All but logins and set-up find a worker at work.</summary>
    public async Task<(int Exit, string Said)> RunAsync(string line)
    {
        // Pages name a lead that is not there, a volume, and a file in the folder of the call.
        string[] args = line.Replace("main/1", $"main/{_lead}", StringComparison.Ordinal).Replace(" /data/", $" {Data}/", StringComparison.Ordinal)
            .Replace(" agreement.html", $" {_directory}/agreement.html", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isFirst = args[0] is "auth" or "setup";
        if (!isFirst && _worker is null)
            await StartWorkerAsync();
        return args[0] == "auth" ? await LoginAsync(args) : await CommandAsync(TextReader.Null, new StringWriter(), args);
    }

    public async ValueTask DisposeAsync()
    {
        _worker?.Dispose();
        await _sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartWorkerAsync()
    {
        _worker = WorkerProcess.Start(Data, new Dictionary<string, string>
        {
            ["CRMSYNC__Webhooks__Address"] = "127.0.0.1", ["CRMSYNC__Webhooks__Port"] = "0", ["CRMSYNC__Admin__Port"] = $"{_admin}",
        }, "--config", Config);
        var memory = "SELECT count(*) FROM remembered WHERE name = 'baseline-listed'";
        for (var i = 0; i < 300 && !HoldsAll(memory); i++)
            await Task.Delay(100);
    }

    private bool HoldsAll(string count)
    {
        try
        {
            return new StoreFile(Data).Number(count) == 3;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return false;
        }
    }

    /// <summary>Opens the page that the command shows, as a browser would, and pastes where it ends.</summary>
    private async Task<(int, string)> LoginAsync(string[] args)
    {
        var (typed, output) = (new LaterLine(), new StringWriter());
        var running = CommandAsync(typed, output, [.. args, "--paste"]);
        Uri? page = null;
        while (page is null && !running.IsCompleted)
        {
            await Task.Delay(20);
            lock (output)
                page = output.ToString().Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("http", StringComparison.Ordinal)).Select(l => new Uri(l)).FirstOrDefault();
        }
        if (page is not null)
        {
            using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
            using var agreed = await browser.GetAsync(page);
            typed.Give(agreed.Headers.Location?.ToString() ?? "");
        }
        return await running;
    }

    private async Task<(int, string)> CommandAsync(TextReader typed, StringWriter output, string[] args)
    {
        var writer = TextWriter.Synchronized(output);
        var world = new CommandWorld(writer, writer, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot().AddSalesforce().AddPipedrive()) { In = typed };
        string[] all = [.. args, "--config", Config, "--data", Data, "--set", $"Admin:Port={_admin}"];
        return (await Task.Run(() => CommandRoot.RunAsync(world, all, CancellationToken.None)), output.ToString());
    }

    private sealed class LaterLine : TextReader
    {
        private readonly TaskCompletionSource<string> _line = new();

        public void Give(string line) => _line.SetResult(line);

        public override string? ReadLine() => _line.Task.GetAwaiter().GetResult();
    }
}
