using System.Collections.Concurrent;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Which deal a lead became. The lead is gone then, and only the deal tells of it; deals cannot be searched for that, so they are looked
/// through once, and after that the new ones alone. A deal may be made a lead again: the deal is gone then, and only the lead tells of
/// it, once a list or a reading shows it.
/// </summary>
internal sealed class PipedriveConversions(PipedriveLists lists, PipedriveOptions options, ServerClock clock, TimeProvider time) : IDisposable
{
    public const string Source = "source_lead_id";
    public const string SourceDeal = "source_deal_id";

    /// <summary>Deals that are there.</summary>
    public const string Standing = "open,won,lost";

    /// <summary>Conversions run in the background: a deal may show a little after its lead went.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);
    private const int MostMissing = 50_000;

    /// <summary>A page: what became of a lead that is just missed was archived not long ago.</summary>
    private const int MostArchived = 500;

    private readonly ConcurrentDictionary<string, string> _deals = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The leads that deals were made again.</summary>
    private readonly ConcurrentDictionary<string, string> _leads = new();

    /// <summary>When each lead or deal was first missed.</summary>
    private readonly ConcurrentDictionary<string, long> _missing = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _single = new(1, 1);
    private DateTimeOffset? _lookedAt;

    public void Saw(PipedriveRecord deal)
    {
        if (deal[Source] is { } lead && deal.Id is { } id)
            _deals[lead] = id;
    }

    public void SawLead(PipedriveRecord lead)
    {
        if (lead[SourceDeal] is { } deal && lead.Id is { } id)
            _leads[deal] = id;
    }

    /// <summary>The lead that a deal was made again, as far as one was seen.</summary>
    public string? LeadOf(string deal) => _leads.GetValueOrDefault(deal);

    /// <summary>The deals of those among the leads that became one.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(IReadOnlyList<string> leads, CancellationToken cancellationToken)
    {
        if (leads.Any(l => !_deals.ContainsKey(l)))
            await LookAsync(cancellationToken).ConfigureAwait(false);
        // Lists show no deal that was put aside: before a lead ends as deleted those are asked as well.
        if (leads.Any(l => !_deals.ContainsKey(l) && IsOverdue(l)))
            await LookAsideAsync(cancellationToken).ConfigureAwait(false);
        return leads.Where(_deals.ContainsKey).Distinct().ToDictionary(l => l, l => _deals[l]);
    }

    /// <summary>Of a lead that is not there, and of which no deal tells, or the other way round: whether one may do so yet.</summary>
    public bool MayTellYet(string id)
    {
        if (_missing.Count >= MostMissing)
            _missing.Clear();
        return time.GetElapsedTime(_missing.GetOrAdd(id, _ => time.GetTimestamp())) < options.Settle;
    }

    /// <summary>A lead or deal is there: should it be missed once more, that is news.</summary>
    public void IsThere(string id) => _missing.TryRemove(id, out _);

    public void Dispose() => _single.Dispose();

    private bool IsOverdue(string id) => _missing.TryGetValue(id, out var since) && time.GetElapsedTime(since) >= options.Settle;

    private async Task LookAsideAsync(CancellationToken cancellationToken)
    {
        var query = new PipedriveQuery { IncludeFields = Source, SortBy = "update_time", SortDirection = "desc", Limit = MostArchived };
        foreach (var deal in await lists.AllAsync($"{PipedriveStreams.Deals}/archived", query, MostArchived, cancellationToken).ConfigureAwait(false))
            Saw(deal);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = clock.Slower(time.GetUtcNow());
            var query = new PipedriveQuery
            {
                Status = Standing,
                IncludeFields = Source,
                SortBy = "update_time",
                SortDirection = "desc",
                UpdatedSince = _lookedAt is { } last ? PipedriveStreams.Text(last - Overlap) : null,
            };
            foreach (var deal in await lists.AllAsync(PipedriveStreams.Deals, query, options.ConversionDeals, cancellationToken).ConfigureAwait(false))
                Saw(deal);
            _lookedAt = now;
        }
        finally
        {
            _single.Release();
        }
    }
}
