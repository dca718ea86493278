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
    private const string OfPersons = "open_deals_count,won_deals_count,activities_count,last_outgoing_mail_time,marketing_status";
    private const int MostEntries = 500;

    public async Task<Dictionary<string, PipedriveSurroundings>> ReadAsync(
        IReadOnlyDictionary<string, PipedriveRecord> records, bool isDeal, PipedriveWish wish, CancellationToken cancellationToken)
    {
        var found = records.ToDictionary(r => r.Key, _ => PipedriveSurroundings.None);
        if (wish.Depth.HasFacts())
        {
            var persons = await RelatedAsync(PipedriveStreams.Persons, records.Values.Select(r => r["person_id"]), OfPersons, cancellationToken).ConfigureAwait(false);
            var organizations = await RelatedAsync(PipedriveStreams.Organizations, records.Values.Select(Organization), null, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Null where we may not read them, so that only those facts are unknown.</summary>
    private async Task<Dictionary<string, PipedriveRecord>?> RelatedAsync(string list, IEnumerable<string?> ids, string? include, CancellationToken cancellationToken)
    {
        try
        {
            return await lists.ByIdAsync(list, ids.OfType<string>(), include, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused)
        {
            return null;
        }
    }

    /// <summary>Whoever has no activity has no list of them either. Where nobody counts them they are read of leads that are handed over.</summary>
    private async Task<IReadOnlyList<PipedriveRecord>?> ActivitiesAsync(
        string id, PipedriveRecord record, PipedriveRecord? person, PipedriveWish wish, CancellationToken cancellationToken)
    {
        if (!options.ReadsActivities)
            return null;
        var count = RawValues.Number(person?["activities_count"]);
        if (count == 0)
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
