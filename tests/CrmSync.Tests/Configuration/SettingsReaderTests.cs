using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private const string Canary = "canary-5f2e9b";
    private readonly ScratchDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Fills_in_defaults()
    {
        var settings = Good();
        Assert.Equal(Path.GetFullPath("data"), settings.DataDirectory);
        Assert.Equal(("Europe/Copenhagen", "0.0.0.0:8080", "127.0.0.1:8081"), (settings.Zone.Id, settings.Webhooks.ToString(), settings.Admin.ToString()));
        var main = Assert.Single(settings.Connections);
        Assert.Equal((ConnectionMode.ByStore, TimeSpan.FromMinutes(1), null, "en", 0.6), (main.Mode, main.PollInterval, main.StageOnRejected, main.Crm.Language, main.Crm.QuotaShare));
    }

    [Fact]
    public void Reads_every_setting_of_a_connection()
    {
        var main = Good(
            ("AccountId", "123"), ("BaseUrl", "https://crm.example.com/"), ("ClientId", "id"), ("ClientSecret", "cs"), ("RefreshToken", "rt"),
            ("PublicUrl", "https://sync.example.com/webhooks/main"), ("WebhookSecrets:0", "one"), ("WebhookSecrets:1", "two"), ("Language", "da"),
            ("QuotaShare", "0.25"), ("Mode", "LIVE"), ("PollInterval", "00:00:30"), ("Mapping:Stages:SalesAccepted", "Aftalt"),
            ("Mapping:Facts:person.role", "jobtitle2"), ("Mapping:Values:person.role:boss", "CEO"), ("Mapping:Forms:0:Contains", "demo"),
            ("Mapping:Forms:0:Kind", "handRaise"), ("Mapping:Options:apiVersion", "v3"), ("Mapping:StageOnRejected", "Lead")).Connections[0];
        Assert.Equal((ConnectionMode.Live, TimeSpan.FromSeconds(30), LifecycleStage.Lead), (main.Mode, main.PollInterval, main.StageOnRejected));
        Assert.Equal(("123", "da", 0.25, "fake"), (main.Crm.AccountId, main.Crm.Language, main.Crm.QuotaShare, main.Crm.Crm));
        Assert.Equal(["one", "two"], main.Crm.WebhookSecrets.Select(s => s.Reveal()));
        Assert.Equal(("cs", "rt", "t"), (main.Crm.ClientSecret!.Reveal(), main.Crm.RefreshToken!.Reveal(), main.Crm.Token!.Reveal()));
        Assert.Equal("Aftalt", main.Crm.Mapping.Stages[LifecycleStage.SalesAccepted]);
        Assert.Equal(("jobtitle2", "CEO", "v3"), (main.Crm.Mapping.Facts["person.role"], main.Crm.Mapping.Values["person.role"]["boss"], main.Crm.Mapping.Options["ApiVersion"]));
        Assert.Equal(new FormMapping("demo", "handRaise"), Assert.Single(main.Crm.Mapping.Forms));
    }

    [Fact]
    public void Reads_the_order_of_the_stages_where_sales_accepts_what_it_has_qualified()
    {
        (string, string)[] Order(params string[] stages) => [.. stages.Select((stage, i) => ($"Mapping:StageOrder:{i}", stage))];
        var order = Good(Order("Lead", "MarketingQualified", "SalesQualified", "SalesAccepted", "Opportunity", "Customer")).Connections[0].StageOrder;
        Assert.True(order.IsBefore(LifecycleStage.SalesQualified, LifecycleStage.SalesAccepted));
        Assert.False(order.IsDecided(LifecycleStage.SalesQualified));
        Assert.True(Good().Connections[0].StageOrder.IsDecided(LifecycleStage.SalesQualified));
        var wrong = Read([("Connections:main:Crm", "fake"), ("Connections:main:Token", "t"), ("Connections:main:Mapping:StageOrder:0", "Lead")]).Problems;
        Assert.Contains(wrong, problem => problem.Setting == "Connections:main:Mapping:StageOrder");
    }

    [Fact]
    public void Reads_which_acts_an_account_shows()
    {
        Assert.Null(Good().Connections[0].AcceptOn);
        Assert.Equal(new() { OnStageMoved = true }, Good(("Mapping:AcceptOn:0", "answer"), ("Mapping:AcceptOn:1", "stageMoved")).Connections[0].AcceptOn);
        Assert.False(Good(("Mapping:AcceptOn:0", "answer")).Connections[0].AcceptOn!.OnAction);
        Assert.Equal("Connections:main:Mapping:AcceptOn:1", Assert.Single(Connected(("Mapping:AcceptOn:0", "answer"), ("Mapping:AcceptOn:1", "calls")).Problems).Setting);
    }

    [Fact]
    public void Names_everything_that_is_wrong_at_once()
    {
        var (settings, problems) = Read(
            ("TimeZone", "Middle/Earth"), ("Rules", "/nowhere/rules.yaml"), ("Webhooks:Port", "70000"), ("Admin:Address", "localhost"),
            ("Connections:main:Crm", "fax"), ("Connections:main:BaseUrl", "ftp://x"), ("Connections:main:Language", "se"), ("Connections:main:Mode", "dry"),
            ("Connections:main:PollInterval", "00:00:04"), ("Connections:main:Mapping:Stages:Boss", "x"), ("Connections:main:Mapping:StageOnRejected", "1"),
            ("Connections:main:Tokn", "x"), ("Connections:main:Mapping:Stage:Lead", "x"), ("Connections:two:Token", "x"), ("Conections:three:Crm", "fake"), ("Webhooks:Prot", "1"));
        Assert.Null(settings);
        Assert.Equal(
        [
            "Admin:Address", "Conections", "Connections:main:BaseUrl", "Connections:main:Crm", "Connections:main:Language", "Connections:main:Mapping:Stage",
            "Connections:main:Mapping:StageOnRejected", "Connections:main:Mapping:Stages:Boss", "Connections:main:Mode", "Connections:main:PollInterval",
            "Connections:main:Tokn", "Connections:two:Crm", "Rules", "TimeZone", "Webhooks:Port", "Webhooks:Prot",
        ], problems.Select(p => p.Setting).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.True(p.Problem.Length > 0 && p.Repair.Length > 0, p.Setting));
    }

    [Theory]
    [InlineData("00:00:04.999", false)]
    [InlineData("00:00:05", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("1.00:00:01", false)]
    public void Polls_every_five_seconds_to_once_a_day(string interval, bool good) =>
        Assert.Equal(good, Connected(("PollInterval", interval)).Settings is not null);

    [Theory]
    [InlineData("PollInterval", "1", "00:01:00")]
    [InlineData("PollInterval", "30", "00:01:00")]
    [InlineData("Notify:At", "8", "08:00")]
    public void A_time_written_as_a_bare_number_is_told_once_with_the_way_to_write_it(string setting, string value, string repair)
    {
        var problem = Assert.Single(Connected((setting, value), ("Notify:Webhook", "https://hooks.example/x")).Problems);
        Assert.Equal($"Connections:main:{setting}", problem.Setting);
        Assert.Contains(repair, problem.Repair, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("65535", true)]
    [InlineData("65536", false)]
    [InlineData("-1", false)]
    [InlineData("http", false)]
    public void Listens_on_a_port(string port, bool good) => Assert.Equal(good, Connected(("/Webhooks:Port", port)).Settings is not null);

    [Theory]
    [InlineData("PollInterval", "soon")]
    [InlineData("QuotaShare", "half")]
    public void Names_a_value_that_cannot_be_read_and_does_not_repeat_it(string setting, string value)
    {
        var problem = Assert.Single(Connected((setting, value)).Problems);
        Assert.Equal($"Connections:main:{setting}", problem.Setting);
        Assert.DoesNotContain(value, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QuotaShare")]
    [InlineData("PollInterval")]
    [InlineData("BaseUrl")]
    [InlineData("Language")]
    [InlineData("WebhookSecrets")]
    [InlineData("Mapping")]
    [InlineData("Tokken")]
    public void Never_repeats_a_secret_that_stands_in_the_wrong_place(string setting)
    {
        var (_, problems) = Connected((setting, Canary), ("ClientSecret", Canary), ("WebhookSecrets:0", Canary));
        Assert.Contains(problems, p => p.Setting == $"Connections:main:{setting}");
        Assert.DoesNotContain(problems, p => p.ToString().Contains(Canary, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData(" secret \r\n", "secret")]
    public void Reads_a_secret_from_a_file(string content, string secret)
    {
        File.WriteAllText(_directory.File("token"), content);
        Assert.Equal(secret, TokenFile(_directory.File("token")).Settings!.Connections[0].Crm.Token!.Reveal());
    }

    [Theory]
    [InlineData("Token")]
    [InlineData("ClientSecret")]
    [InlineData("RefreshToken")]
    public void Says_which_secret_file_is_missing_or_empty(string secret)
    {
        File.WriteAllText(_directory.File("empty"), " \n");
        foreach (var file in new[] { "nowhere", "empty" })
        {
            var problem = Assert.Single(Connected(("Token", secret == "Token" ? "" : "t"), ($"{secret}File", _directory.File(file))).Problems);
            Assert.Equal($"Connections:main:{secret}File", problem.Setting);
            Assert.Contains(_directory.File(file), problem.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Says_that_a_secret_file_cannot_be_read()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "no file here that cannot be read even as root");
        Assert.Equal("Connections:main:TokenFile", Assert.Single(TokenFile("/proc/self/mem").Problems).Setting);
    }

    [Fact]
    public void Lets_the_environment_go_before_the_file_and_the_command_line_before_both()
    {
        File.WriteAllText(_directory.File("a.json"), """{"DataDirectory":"/from-file","TimeZone":"UTC","Connections":{"unit-env":{"Crm":"fake"}}}""");
        Environment.SetEnvironmentVariable("CRMSYNC__Connections__unit-env__Token", "from-environment");
        try
        {
            var configuration = SettingsReader.Load(_directory.File("a.json"), "/from-line");
            Assert.Equal(("/from-line", "UTC", "from-environment"), (configuration["DataDirectory"], configuration["TimeZone"], configuration["Connections:unit-env:Token"]));
            Assert.Equal("/from-file", SettingsReader.Load(_directory.File("a.json"), null)["DataDirectory"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CRMSYNC__Connections__unit-env__Token", null);
        }
    }

    [Fact]
    public void Asks_the_crm_what_is_wrong_with_its_own_settings() =>
        Assert.Equal("Connections:main:Token", Assert.Single(Connected(("Token", "")).Problems).Setting);

    private static WorkerSettings Good(params (string Name, string Value)[] main)
    {
        var (settings, problems) = Connected(main);
        Assert.Empty(problems);
        return settings!;
    }

    private static (WorkerSettings? Settings, IReadOnlyList<SettingProblem> Problems) TokenFile(string file) => Connected(("Token", ""), ("TokenFile", file));

    /// <summary>Settings of a connection that is complete but for these; a leading slash names a setting beside it.</summary>
    private static (WorkerSettings? Settings, IReadOnlyList<SettingProblem> Problems) Connected(params (string Name, string Value)[] main) =>
        Read([("Connections:main:Crm", "fake"), ("Connections:main:Token", "t"), .. main.Select(p => (p.Name[0] == '/' ? p.Name[1..] : $"Connections:main:{p.Name}", p.Value))]);

    private static (WorkerSettings? Settings, IReadOnlyList<SettingProblem> Problems) Read(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (name, value) in settings)
            all[name] = value;
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), [new FakeProvider()]);
    }

    private sealed class FakeProvider : ICrmProvider
    {
        public string Crm => "fake";

        public IReadOnlyList<CrmProblem> Validate(CrmConnection connection) => connection.Token is null
            ? [new("setting-invalid", ProblemReach.Everything, $"Connections:{connection.Name}:Token", "There is none.", "Give one."), new("x", ProblemReach.Hint, "x", "x", "x")]
            : [];

        public ICrmAdapter CreateAdapter(CrmConnection connection) => throw new NotSupportedException();

        public ICrmWebhook? CreateWebhook(CrmConnection connection) => null;
    }
}
