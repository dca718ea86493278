using CrmSync.Adapters.Salesforce.Soql;
using static CrmSync.Adapters.Salesforce.Soql.SoqlCondition;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Which leads hang on a record of another kind. What became a contact is named by the lead that it was: that way a conversion
/// keeps what is known of the lead, even one that somebody cleared away since, and a contact that never was one is none of ours.
/// </summary>
internal sealed class SalesforceLinks(SalesforceClient client, SalesforceSchema schema, SalesforceOptions options)
{
    private const int MostIds = 200;
    private readonly SalesforceQueries _queries = new(client);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(string stream, IReadOnlyList<string> recordIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, HashSet<string>>();
        foreach (var ids in recordIds.Where(SalesforceId.IsValid).Distinct().Chunk(MostIds))
            foreach (var (record, lead) in await PairsAsync(stream, ids, cancellationToken).ConfigureAwait(false))
                (found.TryGetValue(record, out var leads) ? leads : found[record] = []).Add(lead);
        return found.ToDictionary(p => p.Key, p => (IReadOnlyList<string>)[.. p.Value]);
    }

    private Task<List<(string Record, string Lead)>> PairsAsync(string stream, string[] ids, CancellationToken cancellationToken) => stream switch
    {
        SalesforceStreams.Contacts => OfContactsAsync([.. ids.Select(id => (id, id))], cancellationToken),
        SalesforceStreams.Opportunities => OfOpportunitiesAsync(ids, cancellationToken),
        SalesforceStreams.Accounts => OfAccountsAsync(ids, cancellationToken),
        SalesforceStreams.CampaignMembers => OfPeopleAsync("CampaignMember", ids, ["LeadId", "ContactId"], cancellationToken),
        _ => OfPeopleAsync(SalesforceStreams.ObjectOf(stream), ids, ["WhoId"], cancellationToken),
    };

    /// <summary>Records that name a person, be it a lead still or a contact by now.</summary>
    private async Task<List<(string, string)>> OfPeopleAsync(string type, string[] ids, string[] person, CancellationToken cancellationToken)
    {
        var records = await _queries.AllAsync(SoqlQuery.Of(type, ["Id", .. person]) with { WithDeleted = true, Where = In("Id", ids) }, cancellationToken).ConfigureAwait(false);
        var named = records.SelectMany(r => person.Select(p => (Record: r.Id, Who: r[p]))).Where(p => p.Record is not null && p.Who is not null).Select(p => (p.Record!, p.Who!)).ToList();
        return
        [
            .. named.Where(p => SalesforceId.IsLead(p.Item2)),
            .. await OfContactsAsync([.. named.Where(p => SalesforceId.IsContact(p.Item2))], cancellationToken).ConfigureAwait(false),
        ];
    }

    /// <summary>
    /// Many opportunities have many contacts: their ids go in bodies, which no limit of an address cuts. Where the field that tells is
    /// hidden from us they are nobody's.
    /// </summary>
    private async Task<List<(string, string)>> OfContactsAsync(IReadOnlyList<(string Record, string Contact)> named, CancellationToken cancellationToken)
    {
        var queries = named.Select(n => n.Contact).Distinct().Chunk(MostIds).Select(some =>
            SoqlQuery.Of("Lead", ["Id", "ConvertedContactId"]) with { WithDeleted = true, Where = All(In("ConvertedContactId", some), Equal("IsConverted", SoqlLiteral.Of(true))) });
        var answers = await _queries.TogetherAsync([.. queries], cancellationToken).ConfigureAwait(false);
        var leads = answers.SelectMany(a => a ?? []).Where(l => l.Id is not null).ToLookup(l => l["ConvertedContactId"]);
        return [.. named.SelectMany(n => leads[n.Contact].Select(l => (n.Record, l.Id!)))];
    }

    private async Task<List<(string, string)>> OfOpportunitiesAsync(string[] ids, CancellationToken cancellationToken)
    {
        var answers = await _queries.TogetherAsync(
        [
            SoqlQuery.Of("Lead", ["Id", "ConvertedOpportunityId"]) with { WithDeleted = true, Where = In("ConvertedOpportunityId", ids) },
            SoqlQuery.Of("OpportunityContactRole", ["Id", "OpportunityId", "ContactId"]) with { Where = In("OpportunityId", ids) },
        ], cancellationToken).ConfigureAwait(false);
        var roles = (answers[1] ?? []).Where(r => r["ContactId"] is not null).Select(r => (r["OpportunityId"]!, r["ContactId"]!));
        return [.. (answers[0] ?? []).Select(l => (l["ConvertedOpportunityId"]!, l.Id!)), .. await OfContactsAsync([.. roles], cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>The leads that an org matches to the account, and the contacts in it that were leads.</summary>
    private async Task<List<(string, string)>> OfAccountsAsync(string[] ids, CancellationToken cancellationToken)
    {
        List<SoqlQuery> queries = [SoqlQuery.Of("Lead", ["Id", "ConvertedAccountId"]) with { WithDeleted = true, Where = In("ConvertedAccountId", ids) }];
        if (await schema.HasAsync("Lead", options.AccountField, cancellationToken).ConfigureAwait(false))
            queries.Add(SoqlQuery.Of("Lead", ["Id", options.AccountField]) with { Where = In(options.AccountField, ids) });
        var answers = await _queries.TogetherAsync(queries, cancellationToken).ConfigureAwait(false);
        string[] fields = ["ConvertedAccountId", options.AccountField];
        return [.. answers.SelectMany((leads, i) => (leads ?? []).Select(l => (l[fields[i]]!, l.Id!)))];
    }
}
