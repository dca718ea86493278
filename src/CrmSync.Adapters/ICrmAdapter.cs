using CrmSync.Leads.Facts;

namespace CrmSync.Adapters;

/// <summary>
/// One connected CRM account. Implementations hold no state that a restart would lose and may be called from several
/// threads. Every method may be called twice with the same arguments; only <see cref="WriteAsync"/>,
/// <see cref="PutActivitiesAsync"/> and <see cref="SetupAsync"/> change anything in the CRM. Short retries of reads happen inside; what still fails is thrown
/// as <see cref="CrmException"/>. A write is sent once: its caller settles unknown outcomes by reading.
/// </summary>
public interface ICrmAdapter
{
    /// <summary>The name of the connection this adapter serves.</summary>
    string Connection { get; }

    /// <summary>How this account names the canonical stages. Loaded by <see cref="CheckAsync"/>; empty before.</summary>
    StageMap Stages { get; }

    /// <summary>
    /// What this account does not show of a rep's work, each with what of it is missing, as one sentence. Loaded by
    /// <see cref="CheckAsync"/>; empty before.
    /// </summary>
    IReadOnlyDictionary<CrmSignal, string> MissingSignals => new Dictionary<CrmSignal, string>();

    /// <summary>How the account's quotas of a day stand: what is planned, spent and left. Empty before the first request.</summary>
    IReadOnlyList<QuotaStatus> Quotas => [];

    /// <summary>How long an applied write may stay invisible to reads: the wait before an unknown outcome is read.</summary>
    TimeSpan SettleTime { get; }

    /// <summary>Whether the CRM keeps a history of this record; without one a deeper reading shows no more than another.</summary>
    bool KeepsHistoryOf(string leadId) => true;

    /// <summary>Whether that history tells of the forms before the latest; where it does not, a form is no reason to pay for it.</summary>
    bool HistoryTellsForms => false;

    /// <summary>How many leads one request of the CRM reads or writes: the natural size of a pass.</summary>
    int BatchSize => 100;

    /// <summary>The streams of changes to poll; the first one carries the leads themselves.</summary>
    IReadOnlyList<string> Streams { get; }

    /// <summary>Those of the streams whose records are what leads became that <see cref="SweepAsync"/> lists no longer.</summary>
    IReadOnlyList<string> SequelStreams => [];

    /// <summary>Polls closer together than this would cost more of a quota than they bring; zero where nothing is lost by them.</summary>
    TimeSpan PollPace => TimeSpan.Zero;

    /// <summary>Changes told as they happen; null where the CRM or this connection has no such stream.</summary>
    ICrmStream? Stream => null;

    /// <summary>The position from which <see cref="PollAsync"/> sees everything changed at or after an instant.</summary>
    string PositionAt(DateTimeOffset since);

    /// <summary>
    /// One page of changes after a position, and the position that is safe once the page is durable. The page overlaps the
    /// past on purpose: the caller drops what it has seen by <see cref="ChangedRecord.Delivery"/>.
    /// </summary>
    /// <param name="stream">One of <see cref="Streams"/>.</param>
    /// <param name="position">From <see cref="PositionAt"/> or an earlier page. Garbage or a future instant is clamped, never obeyed.</param>
    /// <param name="now">The instant of this poll: no position passes it.</param>
    Task<ChangePage> PollAsync(string stream, string position, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// One page of the full list of leads, living ones first, then archived ones, in an order that does not move.
    /// <paramref name="position"/> is null at the start; the page's position is null at the end.
    /// </summary>
    Task<SweepPage> SweepAsync(string? position, CancellationToken cancellationToken);

    /// <summary>The leads that hang on records of another stream (the contacts of a company), by record id.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> LeadsOfAsync(
        string stream, IReadOnlyList<string> recordIds, CancellationToken cancellationToken);

    /// <summary>
    /// Reads leads with all facts of the catalogue. Answers one reading per id asked for, in that order. A lead whose
    /// data cannot be understood is <see cref="CrmReadingKind.Unreadable"/>; it never spoils the others.
    /// </summary>
    Task<IReadOnlyList<CrmReading>> ReadAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, CancellationToken cancellationToken);

    /// <summary>
    /// Sends each write once, in the vendor's batches; answers one result per write, in that order. Throws only when
    /// nothing of the whole call can have been applied.
    /// </summary>
    Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, CancellationToken cancellationToken);

    /// <summary>
    /// Makes or changes tasks and notes by their keys and ties them to their leads; answers one result per activity, in that
    /// order. Sent again it makes no second one. Throws only when nothing of the whole call can have been applied.
    /// </summary>
    /// <param name="activities">No key comes twice.</param>
    Task<IReadOnlyList<ActivityResult>> PutActivitiesAsync(IReadOnlyList<LeadActivity> activities, CancellationToken cancellationToken);

    /// <summary>Reads tasks and notes by their keys; answers one reading per activity asked for, in that order.</summary>
    Task<IReadOnlyList<ActivityReading>> ReadActivitiesAsync(IReadOnlyList<ActivityRef> activities, CancellationToken cancellationToken);

    /// <summary>The account's users, those who left included; empty where the credentials may not read them.</summary>
    Task<IReadOnlyList<CrmUser>> UsersAsync(CancellationToken cancellationToken);

    /// <summary>Everything that is wrong with this account's access, fields and options, at once. Changes nothing.</summary>
    Task<IReadOnlyList<CrmProblem>> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Creates the fields, options and lists that are missing, or with <paramref name="planOnly"/> says which it would.</summary>
    Task<IReadOnlyList<SetupStep>> SetupAsync(bool planOnly, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the account's calls to us in order where the vendor drops or doubles them by itself; answers what was done. Called at the
    /// start and now and then by a worker that is live; twice changes no more than once.
    /// </summary>
    Task<IReadOnlyList<SetupStep>> MendWebhooksAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SetupStep>>([]);

    /// <summary>The ids of the leads on one of the account's own lists.</summary>
    /// <exception cref="CrmException">Not found, or the CRM has no lists that can be read.</exception>
    Task<IReadOnlySet<string>> ListMembersAsync(string listId, CancellationToken cancellationToken) =>
        throw new CrmException(CrmFailure.Refused, "Lists of this CRM cannot be read.");

    /// <summary>Where a person sees the lead in the CRM; null where that is not known.</summary>
    Uri? LinkTo(string leadId) => null;
}
