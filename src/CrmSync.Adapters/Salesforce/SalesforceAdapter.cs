using CrmSync.Adapters.Quota;
using CrmSync.Leads.Facts;
using Microsoft.Extensions.Logging;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Salesforce leads, and the contacts that they become. Each duty has a class of its own; here they are put together.</summary>
internal sealed class SalesforceAdapter : ICrmAdapter, IDisposable
{
    private readonly CrmConnection _connection;
    private readonly SalesforceOptions _options;
    private readonly SalesforceClient _client;
    private readonly SalesforceFieldNames _names;
    private readonly SalesforceSchema _schema;
    private readonly SalesforceReader _reader;
    private readonly SalesforceWriter _writer;
    private readonly SalesforcePolling _polling;
    private readonly SalesforceSweep _sweep;
    private readonly SalesforceLinks _links;
    private readonly SalesforceActivityKeys _keys;
    private readonly SalesforceActivities _activities;
    private readonly SalesforceMachines _machines;
    private readonly SalesforceStream? _stream;

    public SalesforceAdapter(CrmConnection connection, SalesforceOptions options, SalesforceClient client, TimeProvider time, ILogger log)
    {
        (_connection, _options, _client) = (connection, options, client);
        (Streams, SettleTime) = (options.Streams, options.Settle);
        _names = new(connection.Mapping);
        _schema = new(client);
        var touches = new SalesforceTouches(time);
        _machines = new(client);
        _reader = new(client, _schema, options, _names, new(connection.Name, options, new(connection.Mapping, _names)), touches, _machines);
        _writer = new(client, _schema, options, _reader, touches, new(_reader, options), time);
        _polling = new(connection, client, _schema, options, log);
        _sweep = new(client, options);
        _links = new(client, _schema, options);
        _keys = new(_schema, options);
        _activities = new(client, options, _keys);
        _stream = options.StreamUrl is { } address ? new(connection, client, options, address, time, log) : null;
    }

    public string Connection => _connection.Name;
    public IReadOnlyList<QuotaStatus> Quotas => _client.Quotas;
    public StageMap Stages { get; private set; } = StageMap.Empty;
    public IReadOnlyDictionary<CrmSignal, string> MissingSignals { get; private set; } = new Dictionary<CrmSignal, string>();
    public int BatchSize => 200;
    public TimeSpan SettleTime { get; }
    public IReadOnlyList<string> Streams { get; }

    public ICrmStream? Stream => _stream;

    public string PositionAt(DateTimeOffset since) => SalesforcePolling.PositionAt(since);

    public Task<ChangePage> PollAsync(string stream, string position, DateTimeOffset now, CancellationToken cancellationToken) =>
        _client.Planner.ForAsync(QuotaPurpose.Poll, () => _polling.PollAsync(Known(stream), position, now, cancellationToken));

    public Task<SweepPage> SweepAsync(string? position, CancellationToken cancellationToken) =>
        _client.Planner.ForAsync(QuotaPurpose.Sweep, () => _sweep.ReadAsync(position, cancellationToken));

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> LeadsOfAsync(
        string stream, IReadOnlyList<string> recordIds, CancellationToken cancellationToken) =>
        Known(stream) == SalesforceStreams.Leads
            ? recordIds.Distinct().ToDictionary(id => id, id => (IReadOnlyList<string>)[id])
            : await _links.ReadAsync(stream, recordIds, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<CrmReading>> ReadAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        await StagesAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.ReadAsync(leadIds, depth, catalogue, Stages, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, CancellationToken cancellationToken)
    {
        await StagesAsync(cancellationToken).ConfigureAwait(false);
        return await _writer.WriteAsync(writes, Stages, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<ActivityResult>> PutActivitiesAsync(IReadOnlyList<LeadActivity> activities, CancellationToken cancellationToken) =>
        _activities.PutAsync(activities, cancellationToken);

    public Task<IReadOnlyList<ActivityReading>> ReadActivitiesAsync(IReadOnlyList<ActivityRef> activities, CancellationToken cancellationToken) =>
        _activities.ReadAsync(activities, cancellationToken);

    public Task<IReadOnlyList<CrmUser>> UsersAsync(CancellationToken cancellationToken) => new SalesforceUsers(_client).ReadAsync(cancellationToken);

    public async Task<IReadOnlyList<CrmProblem>> CheckAsync(CancellationToken cancellationToken)
    {
        _schema.Forget();
        _machines.Forget();
        var check = new SalesforceCheck(_connection, _options, _client, _schema, _names, _keys);
        var problems = await check.RunAsync(Stages, cancellationToken).ConfigureAwait(false);
        (Stages, MissingSignals) = (check.Stages ?? Stages, check.MissingSignals);
        return problems;
    }

    public async Task<IReadOnlyList<SetupStep>> SetupAsync(bool planOnly, CancellationToken cancellationToken)
    {
        _schema.Forget();
        var steps = await new SalesforceSetup(_connection, _options, _client).RunAsync(planOnly, cancellationToken).ConfigureAwait(false);
        _schema.Forget();
        return steps;
    }

    public Task<IReadOnlySet<string>> ListMembersAsync(string listId, CancellationToken cancellationToken) =>
        new SalesforceListReader(_client).ReadAsync(listId, cancellationToken);

    public Uri? LinkTo(string leadId) => SalesforceId.IsValid(leadId) ? new(_client.Session.Instance ?? _options.BaseUrl, leadId) : null;

    public void Dispose()
    {
        _stream?.Dispose();
        _client.Dispose();
    }

    /// <summary>A caller that has not checked yet must not take every stage for an unknown one.</summary>
    private async Task StagesAsync(CancellationToken cancellationToken)
    {
        if (Stages.IsEmpty)
            Stages = (await SalesforceStageReader.ReadAsync(_connection, _options, _client, _schema, Stages, cancellationToken).ConfigureAwait(false)).Map;
    }

    private static string Known(string stream) =>
        SalesforceStreams.All.Contains(stream) ? stream : throw new ArgumentException($"Salesforce has no stream '{stream}'.", nameof(stream));
}
