using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage;

public sealed record QuarantinedLead(string Connection, string LeadId, string Reason, DateTimeOffset Since);

/// <summary>A change asked for by a command while the worker holds the data.</summary>
public sealed record StoreRequest(long Id, string Kind, string Body, DateTimeOffset CreatedAt);

/// <summary>
/// Everything the service remembers. Methods are whole units of work; a completed one is durable. May be called from any
/// thread. Writes pass one queue and are committed in groups.
/// </summary>
public interface ISyncStore : IInbox, ILostEdits, IAsyncDisposable
{
    /// <summary>Identifies this store in markers; renewed by a restore. Six lower-case letters and digits.</summary>
    string StoreId { get; }

    /// <summary>Ids that this store bore before it was found to be a restored one.</summary>
    Task<IReadOnlySet<string>> FormerIdsAsync(CancellationToken cancellationToken);

    /// <summary>When and by what it was last found to be a restored one; null: never.</summary>
    Task<RestoreNote?> RestoredAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Notes in one transaction that the store is older than the CRM: a row in the audit, another <see cref="StoreId"/>, no open effect is
    /// sent again (reading settles it), no waiting task or note at all, every account is swept anew. False: noted before, by another name.
    /// </summary>
    Task<bool> NoteRestoreAsync(string storeId, RestoreNote note, AuditDraft row, CancellationToken cancellationToken);

    /// <summary>Those of these transitions that were never decided here.</summary>
    Task<IReadOnlySet<string>> UndecidedAsync(IReadOnlyCollection<string> transitionIds, CancellationToken cancellationToken);

    /// <summary>What is remembered of leads, by any id they ever had; absent when never seen.</summary>
    Task<IReadOnlyDictionary<string, LeadRecord>> FindAsync(string connection, IReadOnlyCollection<string> leadIds, CancellationToken cancellationToken);

    /// <summary>What is remembered of leads by key.</summary>
    Task<IReadOnlyDictionary<string, LeadRecord>> FindByKeyAsync(IReadOnlyCollection<string> leadKeys, CancellationToken cancellationToken);

    /// <summary>
    /// Ids of known leads, deleted ones left out, under none of whose ids an entry came in with a delivery of this beginning
    /// followed by the id; in the order of the ids, those behind <paramref name="after"/>, at most <paramref name="count"/>.
    /// </summary>
    Task<IReadOnlyList<string>> NotDeliveredAsync(string connection, string beginning, string? after, int count, CancellationToken cancellationToken);

    /// <summary>Records passes and marks their inbox entries done up to what was taken, all in one transaction.</summary>
    Task RecordAsync(string connection, IReadOnlyList<LeadPass> passes, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Appends rows that belong to no lead's pass (a rule set was loaded).</summary>
    Task AppendAsync(IReadOnlyList<AuditDraft> rows, CancellationToken cancellationToken);

    /// <summary>Keeps a rule set by its hash; a hash that exists is left alone.</summary>
    Task KeepRuleSetAsync(string hash, string body, string engineVersion, CancellationToken cancellationToken);

    /// <summary>Open intents in one of the states whose time has come, oldest first.</summary>
    Task<IReadOnlyList<IntentRow>> IntentsAsync(string connection, IReadOnlyList<IntentState> states, int count, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The earliest <see cref="IntentRow.NotBefore"/> of an open intent; null when none is open.</summary>
    Task<DateTimeOffset?> NextIntentAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Stores intents' next rows with what goes with them, in one transaction.</summary>
    Task SettleAsync(IReadOnlyList<Settlement> settlements, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// At start: every open intent becomes unknown, to be read at <paramref name="readAt"/>, and no waiting activity is sent before.
    /// Answers how many intents.
    /// </summary>
    Task<int> SuspectOpenIntentsAsync(string connection, DateTimeOffset readAt, CancellationToken cancellationToken);

    /// <summary>Tasks and notes whose time to be sent has come, oldest first.</summary>
    Task<IReadOnlyList<ActivityRow>> ActivitiesAsync(string connection, int count, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Which of these keys are of activities that are still to be sent.</summary>
    Task<IReadOnlySet<string>> OpenActivitiesAsync(string connection, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>The earliest <see cref="ActivityRow.NotBefore"/> of an open one; null when none is open.</summary>
    Task<DateTimeOffset?> NextActivityAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Stores what became of activities; one that was asked to change meanwhile stays as asked.</summary>
    Task SettleActivitiesAsync(IReadOnlyList<ActivityRow> rows, CancellationToken cancellationToken);

    /// <summary>Moves rows into the inbox that are due at an instant, or so much later. Answers how many.</summary>
    Task<int> RingDueAsync(string connection, DateTimeOffset at, TimeSpan ahead, CancellationToken cancellationToken);

    Task<DateTimeOffset?> NextDueAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Takes leads out of circulation; their inbox entries stay.</summary>
    Task QuarantineAsync(string connection, IReadOnlyList<(string LeadId, string Reason)> leads, DateTimeOffset at, CancellationToken cancellationToken);

    Task<IReadOnlyList<QuarantinedLead>> QuarantinedAsync(string? connection, CancellationToken cancellationToken);

    /// <summary>Lets a lead (or with null all of a connection) back in: <paramref name="replay"/> looks at it again at once. Answers how many.</summary>
    Task<int> UnquarantineAsync(string connection, string? leadId, bool replay, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>A remembered value of a connection (mode, startAt, brake ...), or of the whole store with an empty connection.</summary>
    Task<string?> RememberedAsync(string connection, string name, CancellationToken cancellationToken);

    /// <summary>Remembers a value; null forgets it.</summary>
    Task RememberAsync(string connection, string name, string? value, CancellationToken cancellationToken);

    /// <summary>Decided rows since an instant that change the stage without a person's asking for it, and leads known: what the brake goes by.</summary>
    Task<(int Moves, int Leads)> MovesSinceAsync(string connection, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Who had the last turn, by rule of assignment.</summary>
    Task<IReadOnlyDictionary<string, string>> TurnsAsync(string connection, CancellationToken cancellationToken);

    /// <summary>Who has an open offer at these companies, decided or confirmed; of several the earliest. Absent where nobody has.</summary>
    Task<IReadOnlyDictionary<string, string>> OfferOwnersAsync(string connection, IReadOnlyCollection<string> companyIds, CancellationToken cancellationToken);

    Task<long> AskAsync(string kind, string body, DateTimeOffset at, CancellationToken cancellationToken);

    Task<IReadOnlyList<StoreRequest>> AskedAsync(CancellationToken cancellationToken);

    Task AnswerAsync(long requestId, string answer, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The answer to a request; null while it waits.</summary>
    Task<string?> AnswerOfAsync(long requestId, CancellationToken cancellationToken);

    /// <summary>Drops inbox entries done before an instant and quota uses older than it. Answers how many.</summary>
    Task<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>The head of the audit: sequence 0 and 64 zeros when empty.</summary>
    Task<(long Sequence, string Hash)> HeadAsync(CancellationToken cancellationToken);
}
