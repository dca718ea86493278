using System.Text;
using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Adapters.Salesforce;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Tests.EndToEnd;

/// <summary>
/// Secrets of every kind in a worker that logs all it can, while its CRMs fail in every way: no byte of them in what it says,
/// writes, shows or backs up.
/// </summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string OwnSecret = "canary-webhooks-4f1d", PipedriveSecret = "canary-pipedrive-77aa", HookPath = "canary-path-90be", Password = "canary-letters-1c2d", Stranger = "canary-stranger-e5f6";
    private readonly string _root = Directory.CreateTempSubdirectory("crmsync-canary-").FullName;
    private readonly StringBuilder _said = new();
    private readonly int _port = Ports.Free(), _admin = Ports.Free();
    private SandboxHost _sandbox = null!;
    private Dictionary<string, AccountCard> _accounts = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private string Data => Path.Combine(_root, "data");
    private string Secrets => Path.Combine(_root, "secrets");
    private string Config => Path.Combine(_root, "settings.json");

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new() { HubSpot = new() { RotateRefreshTokens = true, SearchLagSeconds = 0 } });
        _accounts = _sandbox.Control.Reset(new() { Accounts = new Dictionary<string, int> { ["hubspot"] = 1, ["salesforce"] = 1, ["pipedrive"] = 1 } }).Accounts.ToDictionary(a => a.Crm);
        _sandbox.Control.AddLeads(new() { Crms = ["hubspot", "salesforce", "pipedrive"], Leads = [Some.Lead("anna"), Some.Lead("bo")] });
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Secrets);
        WriteSettings();
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task No_byte_of_a_secret_gets_out_however_all_fails()
    {
        await CommandsAsync(["setup"], ["check"], ["check", "--json"], ["config", "print"]);
        using (var worker = WorkerProcess.Start(Data, Environment(), "--config", Config))
        {
            await UntilAsync(worker, "runs 3 connections");
            foreach (var fault in Faults())
            {
                foreach (var crm in _accounts.Keys)
                    _sandbox.Control.AddFault(fault with { Crm = crm, Every = 2 });
                await StrangersAsync();
                await Task.Delay(400, Stop);
                _sandbox.Control.ClearFaults();
            }
            await CommandsAsync(["check"], ["setup", "--plan"], ["plan", "hs"], ["kpi", "--json"], ["explain", "hs/1"], ["backup"], ["healthcheck"], ["audit", "verify"], ["auth", "login", "pd"]);
            foreach (var page in new[] { "/metrics", "/health/ready", "/health/live", "/other" })
                _said.AppendLine(await AskAsync($"http://127.0.0.1:{_admin}{page}"));
            Assert.Equal(0, await worker.StopAsync());
            _said.Append(worker.Output);
        }
        await AssertSilentAsync();
    }

    private static IEnumerable<FaultRequest> Faults()
    {
        FaultRequest Of(string fault) => new() { Crm = "", Fault = fault };
        yield return Of("status") with { Status = 500, Body = $$"""{"message":"{{Stranger}}"}""" };
        yield return Of("status") with { Status = 400, Body = $$"""{"status":"error","message":"bad token {{Stranger}}","category":"VALIDATION_ERROR"}""" };
        yield return Of("status") with { Status = 401 };
        yield return Of("status") with { Status = 429, Headers = new Dictionary<string, string?> { ["Retry-After"] = "0" } };
        yield return Of("html");
        yield return Of("cut");
        yield return Of("drop-after");
        yield return Of("redirect") with { Headers = new Dictionary<string, string?> { ["Location"] = "http://127.0.0.1:1/elsewhere" } };
        yield return Of("revoke");
    }

    /// <summary>Calls to the webhook's address that are not from a CRM, or not whole.</summary>
    private async Task StrangersAsync()
    {
        foreach (var name in new[] { "hs", "pd", "none", "hs/../hs" })
        {
            foreach (var body in new[] { "[]", "{", $"[{{\"x\":\"{Stranger}\"}}]" })
            {
                using var http = new HttpClient();
                using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{_port}/webhooks/{name}?token={Stranger}") { Content = new StringContent(body) };
                request.Headers.TryAddWithoutValidation("Authorization", $"Basic {Stranger}");
                request.Headers.TryAddWithoutValidation("X-HubSpot-Signature-v3", Stranger);
                using var response = await http.SendAsync(request, Stop);
                _said.Append(response.StatusCode).Append(response.Headers).AppendLine(await response.Content.ReadAsStringAsync(Stop));
            }
        }
    }

    private async Task AssertSilentAsync()
    {
        var grant = (await new StoredGrants(Data).ReadAsync("hs", Stop))!;
        string[] canaries =
        [
            OwnSecret, PipedriveSecret, HookPath, Password, Stranger, grant.RefreshToken.Reveal(), grant.AccessToken!.Reveal(),
            .. _accounts.Values.SelectMany(a => new[] { a.Token, a.ClientSecret, a.RefreshToken }), _accounts["hubspot"].WebhookSecret,
        ];
        Assert.True(canaries.Distinct().Count() >= 12);
        var files = Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, file => file.Contains("backups", StringComparison.Ordinal));
        var places = files.Select(file => (Where: file, Text: Encoding.Latin1.GetString(File.ReadAllBytes(file)))).Append(("what it said", _said.ToString()));
        foreach (var (where, text) in places)
            foreach (var canary in canaries.SelectMany(Spellings).Distinct())
                Assert.False(text.Contains(canary, StringComparison.Ordinal), $"{canary[..6]}... is in {where}: {Around(text, canary)}");
    }

    private static IEnumerable<string> Spellings(string secret) =>
        [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), Uri.EscapeDataString(secret), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), JsonEncodedText.Encode(secret).ToString()];

    private static string Around(string text, string canary)
    {
        var at = text.IndexOf(canary, StringComparison.Ordinal);
        return at < 0 ? "" : text[Math.Max(0, at - 120)..at];
    }

    private void WriteSettings()
    {
        var (hs, sf, pd) = (_accounts["hubspot"], _accounts["salesforce"], _accounts["pipedrive"]);
        File.WriteAllText(Config, JsonSerializer.Serialize(new
        {
            Connections = new
            {
                hs = new { Crm = "hubspot", hs.AccountId, hs.BaseUrl, hs.ClientId, PollInterval = "00:00:05", Mode = "live" },
                sf = new { Crm = "salesforce", sf.AccountId, sf.BaseUrl, sf.ClientId, PollInterval = "00:00:05", Mapping = new { Options = new { ChangeEvents = "off" } } },
                pd = new { Crm = "pipedrive", pd.AccountId, pd.BaseUrl, PollInterval = "00:00:05", PublicUrl = $"http://127.0.0.1:{_port}/webhooks/pd" },
            },
            Notify = new { At = "00:00", Smtp = new { Host = "127.0.0.1", Port = 1, Tls = "none", User = "crmsync", From = "crmsync@holm.example", To = new[] { "sales@holm.example" } } },
        }));
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["Connections__hs__ClientSecret"] = hs.ClientSecret,
            ["Connections__hs__RefreshToken"] = hs.RefreshToken,
            ["Connections__hs__WebhookSecrets__0"] = hs.WebhookSecret,
            ["Connections__hs__WebhookSecrets__1"] = OwnSecret,
            ["Connections__sf__ClientSecret"] = sf.ClientSecret,
            ["Connections__pd__Token"] = pd.Token,
            ["Connections__pd__WebhookSecrets__0"] = PipedriveSecret,
            ["Notify__Webhook"] = $"https://127.0.0.1:1/{HookPath}",
            ["Notify__Smtp__Password"] = Password,
        })
            File.WriteAllText(Path.Combine(Secrets, name), value + "\n");
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["CRMSYNC__SecretsDirectory"] = Secrets,
        ["CRMSYNC__LogLevel"] = "trace",
        ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
        ["CRMSYNC__Webhooks__Port"] = $"{_port}",
        ["CRMSYNC__Admin__Port"] = $"{_admin}",
    };

    private async Task CommandsAsync(params string[][] commands)
    {
        foreach (var args in commands)
        {
            var writer = new StringWriter();
            var world = new CommandWorld(writer, writer, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot().AddSalesforce().AddPipedrive());
            string[] all = [.. args, "--config", Config, "--data", Data, "--set", $"SecretsDirectory={Secrets}", "--set", $"Admin:Port={_admin}"];
            await Task.Run(() => CommandRoot.RunAsync(world, all, Stop), Stop);
            _said.Append(writer);
        }
    }

    private static async Task<string> AskAsync(string address)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(address), Stop);
        return $"{response.Headers} {await response.Content.ReadAsStringAsync(Stop)}";
    }

    private static async Task UntilAsync(WorkerProcess worker, string words)
    {
        for (var i = 0; i < 300 && !worker.Output.Contains(words, StringComparison.Ordinal); i++)
            await Task.Delay(100, Stop);
        Assert.Contains(words, worker.Output, StringComparison.Ordinal);
    }
}
