using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>
/// What the KPIs need of one episode: instants in UTC, null where it has not happened or is not known. Each is the first of its
/// kind, but <see cref="WonAt"/> and <see cref="LostAt"/> the last: a sale that was reopened counts when it was won for good.
/// </summary>
public sealed record EpisodeRow
{
    private EpisodeMoments _at;

    public EpisodeRow()
    {
    }

    internal EpisodeRow(in EpisodeMoments at) => _at = at;

    /// <summary>All instants at once, without a nullable one for each look.</summary>
    internal ref readonly EpisodeMoments At => ref _at;

    public required string LeadKey { get; init; }

    /// <summary>The number of the episode of this lead, from 1.</summary>
    public required int Episode { get; init; }

    /// <summary>What figures can be split by; null where it is not known.</summary>
    public string? Connection { get; init; }
    public string? Source { get; init; }
    public string? Owner { get; init; }
    public string? Policy { get; init; }
    public string? Segment { get; init; }

    /// <summary>What names the company among those of all connections; null: the lead counts as a company of its own.</summary>
    public string? Company { get; init; }

    /// <summary>In place of that name where names are not kept: a print of it; 0: none.</summary>
    public ulong CompanyPrint { get; init; }

    public DateTimeOffset? MqlAt { get => _at.Mql.At; init => _at.Mql = Moment.Of(value); }
    public DateTimeOffset? OfferedAt { get => _at.Offered.At; init => _at.Offered = Moment.Of(value); }

    /// <summary>When sales must have answered.</summary>
    public DateTimeOffset? DueAt { get => _at.Due.At; init => _at.Due = Moment.Of(value); }

    /// <summary>The first answer, yes or no, or the silence that counted as one.</summary>
    public DateTimeOffset? DecidedAt { get => _at.Decided.At; init => _at.Decided = Moment.Of(value); }
    public DateTimeOffset? AcceptedAt { get => _at.Accepted.At; init => _at.Accepted = Moment.Of(value); }

    /// <summary>The last kind of acceptance; null where it was not accepted, or that was taken back as a correction.</summary>
    public HandoverState? AcceptedAs { get; init; }

    /// <summary>The first no. Beside an acceptance it is not the answer that stands.</summary>
    public DateTimeOffset? RejectedAt { get => _at.Rejected.At; init => _at.Rejected = Moment.Of(value); }

    /// <summary>Expired or withdrawn: it ended without an answer.</summary>
    public DateTimeOffset? LapsedAt { get => _at.Lapsed.At; init => _at.Lapsed = Moment.Of(value); }
    public DateTimeOffset? SalesQualifiedAt { get => _at.SalesQualified.At; init => _at.SalesQualified = Moment.Of(value); }
    public DateTimeOffset? WonAt { get => _at.Won.At; init => _at.Won = Moment.Of(value); }
    public DateTimeOffset? LostAt { get => _at.Lost.At; init => _at.Lost = Moment.Of(value); }

    /// <summary>Recycled or disqualified after acceptance.</summary>
    public DateTimeOffset? RecycledAt { get => _at.Recycled.At; init => _at.Recycled = Moment.Of(value); }

    /// <summary>When somebody in sales first tried to reach the person.</summary>
    public DateTimeOffset? ContactedAt { get => _at.Contacted.At; init => _at.Contacted = Moment.Of(value); }

    /// <summary>The last hand-over state.</summary>
    public HandoverState? State { get; init; }

    /// <summary>The last stage, and since when the lead is there.</summary>
    public LifecycleStage? Stage { get; init; }
    public DateTimeOffset? StageSince { get => _at.StageSince.At; init => _at.StageSince = Moment.Of(value); }

    /// <summary>Why sales said no, as a code.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a rejected lead: the criteria that it did not meet, or of which nothing was known, when it was judged; with blanks between.</summary>
    public string? Unmet { get; init; }

    /// <summary>Names what the rules found when it was opened; null where nothing was judged.</summary>
    public string? Evidence { get; init; }

    /// <summary>Sales found it: outside MQL to SAL.</summary>
    public bool SalesGenerated { get; init; }

    /// <summary>Marketing sent it although the rules did not.</summary>
    public bool Override { get; init; }

    /// <summary>The acceptance was concluded, from a later stage or from when the CRM was told: its instant is no measurement.</summary>
    public bool AcceptanceInferred { get; init; }

    /// <summary>It came to a later stage without an acceptance.</summary>
    public bool Skipped { get; init; }

    /// <summary>It was moved back to an earlier stage.</summary>
    public bool Regressed { get; init; }

    /// <summary>At least one of its instants was read from history, from before the product watched.</summary>
    public bool Imported { get; init; }

    /// <summary>A merge ended it, and another one goes on in its place.</summary>
    public bool MergedAway { get; init; }

    /// <summary>Another episode goes on after a merge, or sales moved the lead on without an answer: outside every rate.</summary>
    public bool Superseded => MergedAway || State == HandoverState.Superseded;

    /// <summary>Accepted before it was an MQL.</summary>
    public bool IsAcceptedFirst => _at.Accepted.IsKnown && _at.Accepted.Ticks < _at.Mql.Ticks;

    /// <summary>The no that stands.</summary>
    internal Moment RejectedForGood => _at.Accepted.IsKnown ? default : _at.Rejected;
}
