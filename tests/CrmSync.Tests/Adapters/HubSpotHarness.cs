using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>A HubSpot adapter as the worker makes it, on a network of the test's own.</summary>
internal sealed class HubSpotHarness
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ServiceCollection _services = new();

    public HubSpotHarness(StubNetwork? network = null, TimeProvider? time = null)
    {
        Time = time ?? new FakeTimeProvider(Start);
        _services.AddSingleton<IGrantStore>(Grants).AddSingleton<IQuotaLedger>(Ledger).AddSingleton(Time).AddHubSpot();
        if (network is not null)
            _services.AddSingleton<CrmHandlerWrap>((_, _) => network);
    }

    public static CrmConnection Connection { get; } = new() { Name = "main", Crm = "hubspot", AccountId = "33", Token = new Secret("token-1") };

    public MemoryGrants Grants { get; } = new();
    public MemoryLedger Ledger { get; } = new();
    public TimeProvider Time { get; }

    public ICrmProvider Provider => _services.BuildServiceProvider().GetRequiredService<ICrmProvider>();

    public ICrmAdapter Adapter(CrmConnection? connection = null) => Provider.CreateAdapter(connection ?? Connection);

    public static CrmConnection With(params (string Name, string Value)[] options) =>
        Connection with { Mapping = new() { Options = options.ToDictionary(o => o.Name, o => o.Value) } };

    /// <summary>The lifecycle property of an account with a stage of its own for accepted leads.</summary>
    public const string Lifecycle = """
        {"name":"lifecyclestage","label":"Lifecycle Stage","type":"enumeration","fieldType":"radio","groupName":"contactinformation","options":[
        {"value":"subscriber","label":"Subscriber","displayOrder":0,"hidden":false},{"value":"lead","label":"Lead","displayOrder":1,"hidden":false},
        {"value":"marketingqualifiedlead","label":"MQL","displayOrder":2,"hidden":false},{"value":"51439524","label":"Sales Accepted Lead","displayOrder":3,"hidden":false},
        {"value":"salesqualifiedlead","label":"SQL","displayOrder":4,"hidden":false},{"value":"opportunity","label":"Opportunity","displayOrder":5,"hidden":false},
        {"value":"customer","label":"Customer","displayOrder":6,"hidden":false},{"value":"evangelist","label":"Evangelist","displayOrder":7,"hidden":false}]}
        """;
}
