using CrmSync.Adapters.Quota;
using CrmSync.Leads.Facts;
using Microsoft.Extensions.Logging;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Pipedrive leads, and the deals that they become. Each duty has a class of its own; here they are put together.</summary>
internal sealed class PipedriveAdapter : ICrmAdapter, IDisposable
{
    private readonly CrmConnection _connection;
    private readonly PipedriveOptions _options;
    private readonly PipedriveClient _client;
    private readonly PipedriveEars _ears;
    private readonly PipedriveSchema _schema;
    private readonly PipedriveUsers _users;
    private readonly PipedriveFactSources _names;
    private readonly PipedriveConversions _conversions;
    private readonly PipedriveAround _around;
    private readonly PipedriveLook _look;
    private readonly PipedriveWriter _writer;
    private readonly PipedrivePolling _polling;
    private readonly PipedriveSweep _sweep;
    private readonly PipedriveLinks _links;
    private readonly PipedriveActivities _activities;
    private readonly PipedriveCheckUp _checkUp;

    public PipedriveAdapter(CrmConnection connection, PipedriveOptions options, PipedriveClient client, PipedriveShelf shelf, TimeProvider time, ILogger log)
    {
        (_connection, _options, _client, _ears) = (connection, options, client, shelf.Ears);
        (Streams, SettleTime) = (options.Streams, options.Settle);
        _schema = new(client, options, shelf, time);
        _users = new(client, options, time);
        _names = new(connection.Mapping);
        _checkUp = new(connection, options, time);
        var lists = new PipedriveLists(client, options.ReadsAtOnce);
        _conversions = new(lists, options, shelf.Clock, time);
        var ties = new PipedriveTies(lists, options, client.Planner);
        var acts = new PipedriveActReader(lists, shelf.Acts);
        var mapper = new PipedriveMapper(connection.Name, options, new(connection.Mapping, options, _names));
        _around = new(client, lists, acts, options, _users);
        var reader = new PipedriveReader(lists, shelf, ties, _conversions, _around, mapper);
        _look = new(_schema, _users, _names, reader, _checkUp);
        _writer = new(client, _schema, shelf);
        _polling = new(connection, client, options, shelf, _conversions, ties, log);
        _sweep = new(client, options, shelf, ties, _conversions, time);
        _links = new(lists, shelf, _conversions, ties);
        _activities = new(client, new(client, shelf.Acts, acts), _users, shelf);
    }

    public string Connection => _connection.Name;
    public StageMap Stages { get; private set; } = StageMap.Empty;
    public IReadOnlyDictionary<CrmSignal, string> MissingSignals { get; private set; } = new Dictionary<CrmSignal, string>();
    public IReadOnlyList<QuotaStatus> Quotas => _client.Quotas;

    public bool KeepsHistoryOf(string leadId) => PipedriveStreams.IsDeal(leadId);
    public TimeSpan PollPace => PipedrivePace.Of(_options, _connection, Quotas, _ears.IsDeaf);
    public TimeSpan SettleTime { get; }
    public IReadOnlyList<string> Streams { get; }
    public IReadOnlyList<string> SequelStreams => [PipedriveStreams.Deals];

    public string PositionAt(DateTimeOffset since) => PipedrivePolling.PositionAt(since);

    public Task<ChangePage> PollAsync(string stream, string position, DateTimeOffset now, CancellationToken cancellationToken) =>
        _client.Planner.ForAsync(QuotaPurpose.Poll, () => _polling.PollAsync(Known(stream), position, now, cancellationToken));

    public Task<SweepPage> SweepAsync(string? position, CancellationToken cancellationToken) =>
        _client.Planner.ForAsync(QuotaPurpose.Sweep, () => _sweep.ReadAsync(position, cancellationToken));

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> LeadsOfAsync(
        string stream, IReadOnlyList<string> recordIds, CancellationToken cancellationToken) => _links.ReadAsync(Known(stream), recordIds, cancellationToken);

    public async Task<IReadOnlyList<CrmReading>> ReadAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        await StagesAsync(cancellationToken).ConfigureAwait(false);
        return await _look.ReadAsync(leadIds, depth, catalogue, Stages, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, CancellationToken cancellationToken)
    {
        await StagesAsync(cancellationToken).ConfigureAwait(false);
        var results = await _writer.WriteAsync(writes, Stages, cancellationToken).ConfigureAwait(false);
        if (results.Any(r => r.Outcome is WriteOutcome.Refused or WriteOutcome.Unchanged || r.IsOfAccount))
            _checkUp.Forget();
        return results;
    }

    public Task<IReadOnlyList<ActivityResult>> PutActivitiesAsync(IReadOnlyList<LeadActivity> activities, CancellationToken cancellationToken) =>
        _activities.PutAsync(activities, cancellationToken);

    public Task<IReadOnlyList<ActivityReading>> ReadActivitiesAsync(IReadOnlyList<ActivityRef> activities, CancellationToken cancellationToken) =>
        _activities.ReadAsync(activities, cancellationToken);

    public Task<IReadOnlyList<CrmUser>> UsersAsync(CancellationToken cancellationToken) => _users.ReadAsync(cancellationToken);

    public async Task<IReadOnlyList<CrmProblem>> CheckAsync(CancellationToken cancellationToken)
    {
        if (await _checkUp.HoldsAsync(book => _schema.IsLikeAsync(book, cancellationToken)).ConfigureAwait(false) is { } known)
            return known;
        _schema.Forget();
        _users.Forget();
        _around.Forget();
        var check = new PipedriveCheck(_connection, _options, _client, _schema, _users, _names);
        var problems = await check.RunAsync(Stages, cancellationToken).ConfigureAwait(false);
        (Stages, MissingSignals) = (check.Stages ?? Stages, check.MissingSignals);
        _checkUp.Found(problems, check.Book);
        return problems;
    }

    public async Task<IReadOnlyList<SetupStep>> SetupAsync(bool planOnly, CancellationToken cancellationToken)
    {
        _checkUp.Forget();
        return await new PipedriveSetup(_connection, _options, _client, _schema).RunAsync(planOnly, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<SetupStep>> MendWebhooksAsync(CancellationToken cancellationToken) =>
        _connection.PublicUrl is null ? [] : await _checkUp.MendAsync(
            _ears.TakeAlarm(), () => new PipedriveSubscriptions(_connection, _options, _client).RunAsync(planOnly: false, cancellationToken)).ConfigureAwait(false);

    /// <summary>At the host that all companies share nobody can look at anything.</summary>
    public Uri? LinkTo(string leadId) => _options.BaseUrl.Host == PipedrivePaths.SharedHost ? null
        : PipedriveStreams.IsLead(leadId) ? new(_options.BaseUrl, $"/leads/inbox/{leadId}") : PipedriveStreams.IsDeal(leadId) ? new(_options.BaseUrl, $"/deal/{leadId}") : null;

    public void Dispose()
    {
        _client.Dispose();
        _schema.Dispose();
        _conversions.Dispose();
    }

    /// <summary>A caller that has not checked yet must not take every stage for an unknown one.</summary>
    private async Task StagesAsync(CancellationToken cancellationToken)
    {
        if (Stages.IsEmpty)
            Stages = PipedriveStages.Resolve(_connection, await _schema.ReadAsync(cancellationToken).ConfigureAwait(false), Stages).Map;
    }

    private static string Known(string stream) =>
        PipedriveStreams.All.Contains(stream) ? stream : throw new ArgumentException($"Pipedrive has no stream '{stream}'.", nameof(stream));
}
