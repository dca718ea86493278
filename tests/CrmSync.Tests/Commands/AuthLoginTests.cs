using System.Net;
using System.Text;
using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Adapters.Salesforce;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Tests.Commands;

/// <summary><c>auth login</c> against the sandboxes' own pages: a browser follows them, and the grant is there, encrypted.</summary>
public sealed class AuthLoginTests : IAsyncLifetime
{
    private static readonly string[] Crms = ["hubspot", "pipedrive", "salesforce"];
    private readonly ScratchDirectory _directory = new();
    private readonly int _port = Ports.Free();
    private SandboxHost _sandbox = null!;
    private IReadOnlyList<AccountCard> _accounts = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new());
        _accounts = _sandbox.Control.Reset(new() { Accounts = Crms.ToDictionary(crm => crm, _ => 1) }).Accounts;
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("hubspot")]
    [InlineData("pipedrive")]
    [InlineData("salesforce")]
    public async Task The_browser_brings_the_code_and_the_grant_is_stored_encrypted(string crm)
    {
        Configure(crm);
        var (login, output) = Start("auth", "login", "main", "--port", $"{_port}");
        using var browser = new HttpClient();
        using var page = await browser.GetAsync(await PageAsync(login, output), Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Thank you", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.True(await login == 0, output.ToString());

        var grant = await new StoredGrants(_directory.Name).ReadAsync("main", Stop);
        Assert.NotNull(grant);
        Assert.NotEmpty(grant.Scopes!);
        foreach (var file in Directory.EnumerateFiles(_directory.Name))
            Assert.DoesNotContain(grant.RefreshToken.Reveal(), Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Stop)), StringComparison.Ordinal);
        Assert.DoesNotContain(grant.RefreshToken.Reveal(), output.ToString(), StringComparison.Ordinal);

        var (check, said) = Start("check", "--json");
        Assert.NotEqual(77, await check);
        var scopes = JsonDocument.Parse(said.ToString()).RootElement.GetProperty("scopes").EnumerateArray().Single();
        Assert.Equal("main", scopes.GetProperty("connection").GetString());
        Assert.Empty(scopes.GetProperty("missing").EnumerateArray());
    }

    [Theory]
    [InlineData("hubspot")]
    [InlineData("pipedrive")]
    [InlineData("salesforce")]
    public async Task The_account_is_told_so_that_it_can_be_pinned(string crm)
    {
        Configure(crm);
        Assert.Contains($"Connections:main:AccountId={_accounts.Single(a => a.Crm == crm).AccountId}.", await LoginAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_keys_call_for_a_login_and_a_login_mends_it()
    {
        Configure("hubspot");
        await LoginAsync();
        Directory.Delete(_directory.File("keys"), recursive: true);
        var (check, said) = Start("check");
        Assert.Equal(77, await check);
        Assert.Contains("crmsync auth login main", said.ToString(), StringComparison.Ordinal);
        await LoginAsync();
        Assert.NotEqual(77, await Start("check").Run);
    }

    [Fact]
    public async Task The_address_is_pasted_where_the_browser_is_elsewhere()
    {
        Configure("hubspot");
        using var typed = new QueuedLine();
        var (login, output) = Start(typed, "auth", "login", "main", "--paste");
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var page = await browser.GetAsync(await PageAsync(login, output), Stop);
        typed.Give(page.Headers.Location!.ToString());
        Assert.True(await login == 0, output.ToString());
        Assert.NotNull(await new StoredGrants(_directory.Name).ReadAsync("main", Stop));
    }

    [Fact]
    public async Task An_answer_to_another_page_changes_nothing_and_a_no_ends_it()
    {
        Configure("hubspot");
        var (login, output) = Start("auth", "login", "main", "--port", $"{_port}");
        var state = System.Web.HttpUtility.ParseQueryString((await PageAsync(login, output)).Query)["state"];
        using var http = new HttpClient();
        foreach (var wrong in new[] { "code=x&state=other", "code=x", "error=access_denied&state=other", $"state={state}" })
        {
            using var refused = await http.GetAsync(new Uri($"http://localhost:{_port}/callback?{wrong}"), Stop);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
        Assert.False(login.IsCompleted);
        using var no = await http.GetAsync(new Uri($"http://localhost:{_port}/callback?error=access_denied&state={state}"), Stop);
        Assert.Equal(77, await login);
        Assert.Contains("access_denied", output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.Database));
    }

    [Theory]
    [InlineData("hubspot")]
    [InlineData("pipedrive")]
    [InlineData("salesforce")]
    public async Task A_code_for_another_account_than_the_pinned_one_is_refused(string crm)
    {
        var pinned = crm == "salesforce" ? "00D000000000001AAA" : "1";
        Configure(crm, pinned);
        var (login, output) = Start("auth", "login", "main", "--port", $"{_port}");
        using var browser = new HttpClient();
        (await browser.GetAsync(await PageAsync(login, output), Stop)).Dispose();
        Assert.Equal(77, await login);
        Assert.Contains($"not {pinned}", output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.Database));
    }

    [Fact]
    public async Task A_connection_with_a_token_needs_nobody()
    {
        await File.WriteAllTextAsync(_directory.File("settings.json"), """{"Connections":{"main":{"Crm":"hubspot","Token":"x"}}}""", Stop);
        var (login, output) = Start("auth", "login", "main");
        Assert.Equal(64, await login);
        Assert.Contains("it has a token", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scopes_that_are_too_many_or_too_few_are_told()
    {
        var scopes = new CrmScopes(["base", "contacts:read", "deals:full"], ["base", "contacts:full", "products:read"]);
        Assert.Equal(["deals:full"], scopes.Missing);
        Assert.Equal(["contacts:full", "products:read"], scopes.Excess);
        Assert.Equal(["scope-not-granted", "scope-excess"], ScopeCheck.Find("main", scopes).Select(p => p.Code));
        Assert.Empty(ScopeCheck.Find("main", new(["api", "refresh_token"], ["refresh_token", "api", "id"])));
    }

    private async Task<string> LoginAsync()
    {
        var (login, output) = Start("auth", "login", "main", "--port", $"{_port}");
        using var browser = new HttpClient();
        (await browser.GetAsync(await PageAsync(login, output), Stop)).Dispose();
        Assert.True(await login == 0, output.ToString());
        return output.ToString();
    }

    private void Configure(string crm, string? accountId = null)
    {
        var account = _accounts.Single(a => a.Crm == crm);
        var options = crm == "salesforce" ? new Dictionary<string, string> { ["Login"] = "consent", ["ChangeEvents"] = "off" } : [];
        var main = new { Crm = crm, AccountId = accountId, account.BaseUrl, account.ClientId, account.ClientSecret, Mapping = new { Options = options } };
        File.WriteAllText(_directory.File("settings.json"), JsonSerializer.Serialize(new { Connections = new { main } }));
    }

    private (Task<int> Run, StringWriter Output) Start(params string[] args) => Start(TextReader.Null, args);

    private (Task<int> Run, StringWriter Output) Start(TextReader typed, params string[] args)
    {
        var output = new StringWriter();
        var writer = TextWriter.Synchronized(output);
        var world = new CommandWorld(writer, writer, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot().AddSalesforce().AddPipedrive()) { In = typed };
        return (Task.Run(() => CommandRoot.RunAsync(world, [.. args, "--config", _directory.File("settings.json"), "--data", _directory.Name], Stop), Stop), output);
    }

    /// <summary>The page that the command shows, once it does.</summary>
    private static async Task<Uri> PageAsync(Task<int> login, StringWriter output)
    {
        while (!login.IsCompleted)
        {
            if (output.ToString().Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("http", StringComparison.Ordinal)) is { } page)
                return new(page);
            await Task.Delay(20, Stop);
        }
        throw new InvalidOperationException(output.ToString());
    }

    /// <summary>A line that is typed later.</summary>
    private sealed class QueuedLine : TextReader
    {
        private readonly TaskCompletionSource<string> _line = new();

        public void Give(string line) => _line.SetResult(line);

        public override string? ReadLine() => _line.Task.GetAwaiter().GetResult();
    }
}
