using System.Security.Cryptography;
using CrmSync.Adapters;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Salesforce;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>A Salesforce adapter as the worker makes it, on a network of the test's own.</summary>
internal sealed class SalesforceHarness
{
    public const string Lead = "00QAA00000000012AA";
    public const string Other = "00QAA00000000022AA";
    public const string Us = "005AA0000000001YAA";
    public const string Rep = "005AA0000000002YAA";
    public static readonly DateTimeOffset Start = HubSpotHarness.Start;
    private readonly ServiceCollection _services = new();

    public SalesforceHarness(StubNetwork? network = null)
    {
        Time = new(Start);
        _services.AddSingleton<IGrantStore>(Grants).AddSingleton<IQuotaLedger>(new MemoryLedger()).AddSingleton<TimeProvider>(Time).AddSalesforce();
        if (network is not null)
            _services.AddSingleton<CrmHandlerWrap>((_, _) => network);
    }

    /// <summary>Client credentials at the org's own host.</summary>
    public static CrmConnection Connection { get; } = new()
    {
        Name = "main", Crm = "salesforce", BaseUrl = new("https://acme.my.salesforce.com"), ClientId = "key", ClientSecret = new("app-secret"),
    };

    public MemoryGrants Grants { get; } = new();
    public FakeTimeProvider Time { get; }

    public ICrmProvider Provider => _services.BuildServiceProvider().GetRequiredService<ICrmProvider>();

    public ICrmAdapter Adapter(CrmConnection? connection = null) => Provider.CreateAdapter(connection ?? Connection);

    public static CrmConnection With(params (string Name, string Value)[] options) =>
        Connection with { Mapping = new() { Options = options.ToDictionary(o => o.Name, o => o.Value) } };

    public static string Pem(RSA key) => key.ExportPkcs8PrivateKeyPem();

    public static string TokenBody(string token = "t1", string instance = "https://acme.my.salesforce.com", string? more = null) =>
        $$"""{"access_token":"{{token}}","instance_url":"{{instance}}","id":"https://login.salesforce.com/id/00DAA0000000001AAA/{{Us}}","token_type":"Bearer","issued_at":"1767596400000"{{more}}}""";

    /// <summary>What a describe tells of the fields that the adapter uses; of other objects nothing.</summary>
    public static string Describe(string type, params string[] without)
    {
        string[] fields = type is "Lead" or "Contact"
            ? ["Id", "IsDeleted", "MasterRecordId", "IsConverted", "ConvertedContactId", "ConvertedOpportunityId", "OwnerId", "CreatedDate", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
                "Lifecycle_Stage__c", "Email", "Title", "FirstName", "LastName", "HasOptedOutOfEmail", "crmsync_marker__c", "crmsync_decision__c", "crmsync_fit__c"]
            : ["Id"];
        var described = fields.Except(without).Select(f => f == "Lifecycle_Stage__c"
            ? """{"name":"Lifecycle_Stage__c","type":"picklist","updateable":true,"picklistValues":[{"value":"Lead","label":"Lead","active":true},{"value":"MQL","label":"MQL","active":true},{"value":"SAL","label":"SAL","active":true},{"value":"SQL","label":"SQL","active":true},{"value":"Opportunity","label":"Opportunity","active":true},{"value":"Customer","label":"Customer","active":true}]}"""
            : $$"""{"name":"{{f}}","type":"string","updateable":true}""");
        return $$"""{"name":"{{type}}","fields":[{{string.Join(",", described)}}]}""";
    }

    /// <summary>A composite answer whose parts have these records; all others are empty.</summary>
    public static string Composite(params string[] parts) =>
        $$"""{"compositeResponse":[{{string.Join(",", Enumerable.Range(0, 5).Select(i => $$"""{"body":{"totalSize":1,"done":true,"records":[{{parts.ElementAtOrDefault(i)}}]},"httpHeaders":{},"httpStatusCode":200,"referenceId":"q{{i}}"}"""))}}]}""";

    public static string Record(string id = Lead, string more = "") =>
        $$"""{"attributes":{"type":"Lead","url":"/x"},"Id":"{{id}}","IsDeleted":false,"MasterRecordId":null,"IsConverted":false,"OwnerId":"{{Rep}}","CreatedDate":"2026-01-01T07:00:00.000+0000","LastModifiedDate":"2026-01-02T07:00:00.000+0000","LastModifiedById":"{{Us}}","SystemModstamp":"2026-01-02T07:00:00.000+0000","Lifecycle_Stage__c":"Lead","Email":"a@b.dk"{{more}}}""";
}
