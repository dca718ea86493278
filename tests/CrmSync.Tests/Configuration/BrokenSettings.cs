namespace CrmSync.Tests.Configuration;

/// <summary>Settings files that are wrong, each with all that is to be told of it.</summary>
internal static class BrokenSettings
{
    private const string Good = "\"Crm\":\"hubspot\",\"Token\":\"t\"";

    /// <summary>File, settings told of in order, and whether its form alone shows it (then the schema refuses it too).</summary>
    public static TheoryData<string, string, bool> All { get; } = new()
    {
        // Names.
        { """{"Conections":{}}""", "Conections", true },
        { """{"DataDir":"x"}""", "DataDir", true },
        { """{"Webhooks":{"Prot":1}}""", "Webhooks:Prot", true },
        { """{"Admin":{"Host":"127.0.0.1"}}""", "Admin:Host", true },
        { """{"Notify":{"WebHok":"https://hooks.example/x"}}""", "Notify:WebHok", true },
        { """{"Notify":{"Smtp":{"Server":"x"}}}""", "Notify:Smtp:Server", true },
        { With("\"Tokn\":\"x\""), "Connections:main:Tokn", true },
        { With("\"Offers\":{\"PerOwner\":1}"), "Connections:main:Offers:PerOwner", true },
        { With("\"Pilot\":{\"Ony\":\"lead:1\"}"), "Connections:main:Pilot:Ony", true },
        { With("\"Mapping\":{\"Stage\":{\"Lead\":\"x\"}}"), "Connections:main:Mapping:Stage", true },
        { With("\"Mapping\":{\"Forms\":[{\"Contain\":\"demo\",\"Kind\":\"handRaise\"}]}"), "Connections:main:Mapping:Forms:0:Contain", true },
        { With("\"Mapping\":{\"Options\":{\"PagSize\":\"5\"}}"), "Connections:main:Mapping:Options:PagSize", false },
        { "{\"Connections\":{\"my crm\":{" + Good + "}}}", "Connections:my crm", true },
        { "{\"Connections\":[{" + Good + "}]}", "Connections:0", true },
        // Forms.
        { """{"Connections":"hubspot"}""", "Connections", true },
        { """{"Connections":{"main":"hubspot"}}""", "Connections:main", true },
        { """{"Rules":["a.yaml","b.yaml"]}""", "Rules", true },
        { """{"Webhooks":8080}""", "Webhooks", true },
        { """{"Admin":{"Port":[1,2]}}""", "Admin:Port", true },
        { With("\"Language\":[\"en\",\"da\"]"), "Connections:main:Language", true },
        { With("\"WebhookSecrets\":\"one\""), "Connections:main:WebhookSecrets", true },
        { With("\"Mapping\":\"none\""), "Connections:main:Mapping", true },
        { With("\"Mapping\":{\"Facts\":{\"person.role\":{\"from\":\"x\"}}}"), "Connections:main:Mapping:Facts:person.role", true },
        { With("\"Mapping\":{\"Forms\":[\"demo\"]}"), "Connections:main:Mapping:Forms:0", true },
        // Values.
        { """{"TimeZone":"Middle/Earth"}""", "TimeZone", false },
        { """{"LogLevel":"loud"}""", "LogLevel", true },
        { """{"Rules":"/nowhere/rules.yaml"}""", "Rules", false },
        { """{"SecretsDirectory":"/nowhere/secrets"}""", "SecretsDirectory", false },
        { """{"Webhooks":{"Port":70000}}""", "Webhooks:Port", true },
        { """{"Webhooks":{"Port":"http"}}""", "Webhooks:Port", true },
        { """{"Admin":{"Address":"localhost"}}""", "Admin:Address", false },
        { """{"Admin":{"Port":8080}}""", "Admin:Port", false },
        { """{"Connections":{"main":{"Token":"t"}}}""", "Connections:main:Crm", false },
        { """{"Connections":{"main":{"Crm":"hubsopt","Token":"t"}}}""", "Connections:main:Crm", false },
        { """{"Connections":{"main":{"Crm":"hubspot"}}}""", "Connections:main:Token", false },
        { """{"Connections":{"main":{"Crm":"hubspot","TokenFile":"/nowhere/token"}}}""", "Connections:main:TokenFile", false },
        { With("\"BaseUrl\":\"ftp://x\""), "Connections:main:BaseUrl", false },
        { With("\"BaseUrl\":\"https://evil.example\""), "Connections:main:BaseUrl", false },
        { With("\"PublicUrl\":\"hooks\""), "Connections:main:PublicUrl", false },
        { With("\"Language\":\"se\""), "Connections:main:Language", true },
        { With("\"QuotaShare\":\"half\""), "Connections:main:QuotaShare", true },
        { With("\"QuotaShare\":1.5"), "Connections:main:QuotaShare", true },
        { With("\"QuotaShare\":0"), "Connections:main:QuotaShare", true },
        { With("\"Mode\":\"dry\""), "Connections:main:Mode", true },
        { With("\"PollInterval\":\"soon\""), "Connections:main:PollInterval", true },
        { With("\"PollInterval\":60"), "Connections:main:PollInterval", true },
        { With("\"PollInterval\":\"00:00:01\""), "Connections:main:PollInterval", false },
        { With("\"Offers\":{\"PerDay\":0}"), "Connections:main:Offers:PerDay", true },
        { With("\"Offers\":{\"Days\":\"week\"}"), "Connections:main:Offers:Days", true },
        { With("\"Pilot\":{\"Only\":\"team:1\"}"), "Connections:main:Pilot:Only", false },
        { With("\"Mapping\":{\"Stages\":{\"Boss\":\"x\"}}"), "Connections:main:Mapping:Stages:Boss", true },
        { With("\"Mapping\":{\"StageOnRejected\":\"Nowhere\"}"), "Connections:main:Mapping:StageOnRejected", true },
        { With("\"Mapping\":{\"StageOrder\":[\"Lead\"]}"), "Connections:main:Mapping:StageOrder", false },
        { With("\"Mapping\":{\"AcceptOn\":[\"calls\"]}"), "Connections:main:Mapping:AcceptOn:0", true },
        { With("\"Mapping\":{\"ReportFields\":\"perhaps\"}"), "Connections:main:Mapping:ReportFields", true },
        { With("\"Mapping\":{\"Options\":{\"PageSize\":\"many\"}}"), "Connections:main:Mapping:Options:PageSize", false },
        { With("\"Notify\":{\"At\":\"25:00\",\"Webhook\":\"https://hooks.example/x\"}"), "Connections:main:Notify:At", false },
        { """{"Notify":{"Tries":0}}""", "Notify:Tries", true },
        { """{"Notify":{"Webhook":"http://hooks.example/x"}}""", "Notify:Webhook", false },
        { """{"WeeklyReport":{"Language":"fr"}}""", "WeeklyReport:Language", true },
        { """{"WeeklyReport":{"At":"24:00","Smtp":{"Host":"mail.example","To":["a@example.com"]}}}""", "WeeklyReport:At, WeeklyReport:Smtp:From", false },
        { """{"Notify":{"Smtp":{"Host":"mail.example","From":"a@example.com","To":["b"]}}}""", "Notify:Smtp:To", false },
        { """{"Notify":{"Smtp":{"Host":"mail.example","From":"a@example.com","To":["b@example.com"],"Tls":"none"}}}""", "Notify:Smtp:Tls", false },
        { "{\"Connections\":{\"a\":{" + Good + ",\"AccountId\":\"1\"},\"b\":{" + Good + ",\"AccountId\":\"1\"}}}", "Connections:b:AccountId", false },
        // Several at once.
        { """{"TimeZone":"x","Admin":{"Port":-1},"Connections":{"main":{"Crm":"fax","QuotaShare":"half","Mode":"dry","PollInterval":"soon","Tokn":"x"}}}""",
            "Admin:Port, Connections:main:Crm, Connections:main:Mode, Connections:main:PollInterval, Connections:main:QuotaShare, Connections:main:Tokn, TimeZone", true },
    };

    private static string With(string more) => "{\"Connections\":{\"main\":{" + Good + "," + more + "}}}";
}
