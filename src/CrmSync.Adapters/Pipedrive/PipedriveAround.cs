using CrmSync.Adapters.Values;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Reads what hangs on leads and deals: persons and organisations a hundred at a time; activities only of those that have any; the
/// change log only where it is asked for.
/// </summary>
internal sealed class PipedriveAround(PipedriveClient client, PipedriveLists lists, PipedriveActReader acts, PipedriveOptions options, PipedriveUsers users)
{
    public const string OfDeals = PipedriveConversions.Source;
    private const string OfPersons = "open_deals_count,won_deals_count,activities_count,last_outgoing_mail_time";
    private const string Marketed = OfPersons + ",marketing_status";
    private const int MostEntries = 500;

    /// <summary>The company has Campaigns; null: not known yet.</summary>
    private bool? _hasCampaigns;

    /// <summary>Whether the company has Campaigns is found out anew: it may have bought it, or given it up.</summary>
    public void Forget() => _hasCampaigns = null;

    public async Task<Dictionary<string, PipedriveSurroundings>> ReadAsync(
        IReadOnlyDictionary<string, PipedriveRecord> records, bool isDeal, PipedriveWish wish, CancellationToken cancellationToken)
    {
        var found = records.ToDictionary(r => r.Key, _ => PipedriveSurroundings.None);
        if (wish.Depth.HasFacts())
        {
            var persons = await PersonsAsync([.. records.Values.Select(r => r["person_id"]).OfType<string>()], cancellationToken).ConfigureAwait(false);
            var organizations = await RelatedAsync(PipedriveStreams.Organizations, records.Values.Select(Organization).OfType<string>(), null, [], cancellationToken).ConfigureAwait(false);
            foreach (var (id, record) in records)
            {
                var person = persons?.GetValueOrDefault(record["person_id"] ?? "");
                found[id] = new()
                {
                    Person = person,
                    Organization = organizations?.GetValueOrDefault(Organization(record) ?? ""),
                    Activities = await ActivitiesAsync(id, record, person, wish, cancellationToken).ConfigureAwait(false),
                };
            }
        }
        if (isDeal && wish.Depth.HasHistory())
        {
            var us = (await users.UsAsync(cancellationToken).ConfigureAwait(false)).Id;
            foreach (var id in records.Keys)
                found[id] = found[id] with { History = await HistoryAsync(id, us, cancellationToken).ConfigureAwait(false) };
        }
        return found;
    }

    /// <summary>The organisation has another name on leads than on deals.</summary>
    private static string? Organization(PipedriveRecord record) => record["organization_id"] ?? record["org_id"];

    /// <summary>
    /// Whether somebody takes mail can be asked only where the company has Campaigns (Pipedrive's description of version 2 of its API, of
    /// <c>include_fields</c>); what it answers otherwise is not documented. A refusal is asked again without.
    /// </summary>
    private async Task<Dictionary<string, PipedriveRecord>?> PersonsAsync(string[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0 || _hasCampaigns == false)
            return await RelatedAsync(PipedriveStreams.Persons, ids, OfPersons, [], cancellationToken).ConfigureAwait(false);
        var denied = new Dictionary<string, string>();
        var found = await RelatedAsync(PipedriveStreams.Persons, ids, Marketed, denied, cancellationToken).ConfigureAwait(false);
        if (found is { Count: > 0 })
            _hasCampaigns = true;
        if (found is not null && (_hasCampaigns == true || denied.Count == 0))
            return found;
        var plain = await RelatedAsync(PipedriveStreams.Persons, ids, OfPersons, [], cancellationToken).ConfigureAwait(false);
        if (plain is { Count: > 0 })
            _hasCampaigns = false;
        return plain;
    }

    /// <summary>Null where we may not read them, so that only those facts are unknown; a single one that is hidden is left out.</summary>
    private async Task<Dictionary<string, PipedriveRecord>?> RelatedAsync(
        string list, IEnumerable<string> ids, string? include, Dictionary<string, string> denied, CancellationToken cancellationToken)
    {
        try
        {
            return await lists.ByIdAsync(list, ids, include, cancellationToken, denied).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused)
        {
            return null;
        }
    }

    /// <summary>
    /// Whoever has no activity has no list of them either; one that hangs on the lead alone is in nobody's count. Where nobody counts them they are read of leads that are handed over.
    /// </summary>
    private async Task<IReadOnlyList<PipedriveRecord>?> ActivitiesAsync(
        string id, PipedriveRecord record, PipedriveRecord? person, PipedriveWish wish, CancellationToken cancellationToken)
    {
        if (!options.ReadsActivities)
            return null;
        var count = RawValues.Number(person?["activities_count"]);
        if (count == 0 && !acts.IsNamed(id))
            return [];
        if (count is null && !(wish.Book.Of(HandoverFields.Handover)?.FieldCode is { } handover && record[handover] is not null))
            return null;
        try
        {
            return await acts.ReadAsync(id, count, PipedriveStreams.Instant(record["add_time"]), cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused)
        {
            return null;
        }
    }

    private async Task<PipedriveHistory?> HistoryAsync(string deal, string? us, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.Api.ChangelogAsync(client.Paths.V1, deal, null, MostEntries, cancellationToken).ConfigureAwait(false);
            // Entries have no id of their own.
            return new((page.Data ?? []).Select(r => r.Record).OfType<PipedriveRecord>(), us);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return null;
        }
    }
}
