using CrmSync.Adapters;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads.Fields;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>A Pipedrive adapter as the worker makes it, on a network of the test's own.</summary>
internal sealed class PipedriveHarness
{
    public const string Lead = "5d0c2f10-1611-11f1-8a51-0f2b6c0d9e77";
    public const string Other = "6d0c2f10-1611-11f1-8a51-0f2b6c0d9e77";
    public const string Company = "900100";
    public static readonly DateTimeOffset Start = HubSpotHarness.Start;
    private readonly ServiceCollection _services = new();

    public PipedriveHarness(StubNetwork? network = null)
    {
        Time = new(Start);
        _services.AddSingleton<IGrantStore>(Grants).AddSingleton<IQuotaLedger>(Ledger).AddSingleton<TimeProvider>(Time).AddPipedrive();
        if (network is not null)
            _services.AddSingleton<CrmHandlerWrap>((_, _) => network);
    }

    public static CrmConnection Connection { get; } = new()
    {
        Name = "main", Crm = "pipedrive", AccountId = Company, BaseUrl = new("https://acme.pipedrive.com"), Token = new("api-token"), WebhookSecrets = [new("s1")],
    };

    public MemoryGrants Grants { get; } = new();
    public MemoryLedger Ledger { get; } = new();
    public FakeTimeProvider Time { get; }

    public ICrmProvider Provider => field ??= _services.BuildServiceProvider().GetRequiredService<ICrmProvider>();

    public ICrmAdapter Adapter(CrmConnection? connection = null) => Provider.CreateAdapter(connection ?? Connection);

    public static CrmConnection With(params (string Name, string Value)[] options) =>
        Connection with { Mapping = new() { Options = options.ToDictionary(o => o.Name, o => o.Value) } };

    /// <summary>The key of a hand-over field: its place, in forty hexadecimal digits.</summary>
    public static string Key(string name) => $"{1 + HandoverFields.All.ToList().FindIndex(f => f.Name == name):x40}";

    public static string StageKey => $"{100:x40}";

    /// <summary>The deal fields of an account that is set up; options have ids from 10 on, stages from 900.</summary>
    public static string Fields(Func<string, string>? label = null, params string[] without)
    {
        label ??= text => text;
        var id = 10;
        var fields = HandoverFields.All.Select(f => $$"""{"field_name":"{{f.English}}","field_code":"{{Key(f.Name)}}","field_type":"{{TypeOf(f)}}","is_custom_field":true,"options":{{(f.Options.Count == 0 ? "null" : $"[{string.Join(",", f.Options.Select(o => $$"""{"id":{{id++}},"label":"{{label(o.English)}}"}"""))}]")}}}""");
        string[] stages = ["Lead", "MQL", "SAL", "SQL", "Opportunity", "Customer"];
        var stage = $$"""{"field_name":"Lifecycle stage","field_code":"{{StageKey}}","field_type":"enum","is_custom_field":true,"options":[{{string.Join(",", stages.Select((s, i) => $$"""{"id":{{900 + i}},"label":"{{label(s)}}"}"""))}}]}""";
        var kept = fields.Append(stage).Where(f => !without.Any(w => f.Contains(w, StringComparison.Ordinal)));
        return $$$"""{"success":true,"data":[{{{string.Join(",", kept)}}}],"additional_data":{"next_cursor":null}}""";
    }

    private static string TypeOf(HandoverField field) => field.Type switch
    {
        HandoverFieldType.List => "enum",
        HandoverFieldType.Number => "double",
        _ => "varchar",
    };

    public static string LeadBody(string id = Lead, string more = "") =>
        $$$"""{"success":true,"data":{"id":"{{{id}}}","title":"A","owner_id":7,"person_id":null,"organization_id":null,"is_archived":false,"add_time":"2026-01-01T07:00:00.120Z","update_time":"2026-01-02T07:00:00.004Z"{{{more}}}}}""";

    /// <summary>What a quiet account answers.</summary>
    public static HttpResponseMessage Answer(HttpRequestMessage request) => StubNetwork.Json(request.RequestUri!.AbsolutePath switch
    {
        "/api/v1/users/me" => $$$"""{"success":true,"data":{"id":1,"name":"Us","company_id":{{{Company}}},"company_domain":"acme"}}""",
        "/api/v2/dealFields" => Fields(),
        var path when path.EndsWith("Fields", StringComparison.Ordinal) => """{"success":true,"data":[],"additional_data":{"next_cursor":null}}""",
        var path when path.Contains("/leads/", StringComparison.Ordinal) => LeadBody(path[(path.LastIndexOf('/') + 1)..]),
        _ => """{"success":true,"data":[],"additional_data":{"next_cursor":null}}""",
    });
}
