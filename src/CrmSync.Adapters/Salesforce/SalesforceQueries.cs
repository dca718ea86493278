using System.Text.Json;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Runs queries to their last page: one alone, or up to five in one request.</summary>
internal sealed class SalesforceQueries(SalesforceClient client)
{
    private const int MostTogether = 5;
    private const int MostPages = 500;
    private static readonly JsonSerializerOptions Json = CrmJson.WithNames();

    public async Task<List<SalesforceRecord>> AllAsync(SoqlQuery query, CancellationToken cancellationToken)
    {
        var page = await client.Api.QueryAsync(client.Paths.Data, query.Kind, query.ToString(), cancellationToken).ConfigureAwait(false);
        return await RestAsync(page, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The answers in the order asked. One that Salesforce refuses, because a field or an object is hidden from us, is null and
    /// spoils none of the others.
    /// </summary>
    public async Task<IReadOnlyList<List<SalesforceRecord>?>> TogetherAsync(IReadOnlyList<SoqlQuery> queries, CancellationToken cancellationToken)
    {
        var answers = new List<List<SalesforceRecord>?>(queries.Count);
        foreach (var some in queries.Chunk(MostTogether))
        {
            var parts = some.Select((q, i) => new SalesforceSubrequest("GET", client.Paths.Inside($"{q.Kind}?q={Uri.EscapeDataString(q.ToString())}"), $"q{i}"));
            var answer = await client.Api.CompositeAsync(client.Paths.Data, new(false, [.. parts]), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < some.Length; i++)
                answers.Add(await PartAsync(answer, $"q{i}", cancellationToken).ConfigureAwait(false));
        }
        return answers;
    }

    /// <summary>The records of a page that can be understood; without a list it is no answer, and must move no position.</summary>
    public static IEnumerable<SalesforceRecord> Records(SalesforcePage page) =>
        (page.Records ?? throw new CrmException(CrmFailure.Transient, "Salesforce's answer has no records.")).Select(r => r.Record).OfType<SalesforceRecord>();

    private async Task<List<SalesforceRecord>?> PartAsync(SalesforceCompositeAnswer answer, string reference, CancellationToken cancellationToken)
    {
        var part = answer.CompositeResponse?.Find(p => p.ReferenceId == reference);
        if (part is not { Body: { } body, HttpStatusCode: { } status })
            throw new CrmException(CrmFailure.Transient, "Salesforce's answer lacks a part of what was asked.");
        if (status is >= 200 and < 300)
            return await RestAsync(body.Deserialize<SalesforcePage>(Json) ?? throw new JsonException(), cancellationToken).ConfigureAwait(false);
        var refused = SalesforceErrors.Of(status, SalesforceErrors.Read(JsonSerializer.SerializeToUtf8Bytes(body)));
        return SalesforceErrors.Has(refused, SalesforceErrors.FieldUnknown, SalesforceErrors.TypeUnknown) ? null : throw refused;
    }

    private async Task<List<SalesforceRecord>> RestAsync(SalesforcePage page, CancellationToken cancellationToken)
    {
        var records = Records(page).ToList();
        for (var pages = 1; page is { Done: not true, NextRecordsUrl: { } told }; pages++)
        {
            if (SalesforcePaths.Further(told) is not { } path || pages == MostPages)
                throw new CrmException(CrmFailure.Refused, "Salesforce's answer names a next page that is none of its own.");
            page = await client.Api.MoreAsync(path, cancellationToken).ConfigureAwait(false);
            records.AddRange(Records(page));
        }
        return records;
    }
}
