using CrmSync.Adapters.Quota;
using CrmSync.Leads.Facts;
using Microsoft.Extensions.Logging;

namespace CrmSync.Adapters.HubSpot;

/// <summary>HubSpot contacts as leads. Each duty has a class of its own; here they are put together.</summary>
internal sealed class HubSpotAdapter : ICrmAdapter, IDisposable
{
    private readonly CrmConnection _connection;
    private readonly HubSpotOptions _options;
    private readonly HubSpotClient _client;
    private readonly HubSpotPropertyNames _names;
    private readonly HubSpotReader _reader;
    private readonly HubSpotWriter _writer;
    private readonly HubSpotPolling _polling;
    private readonly HubSpotSweep _sweep;
    private readonly HubSpotLinkReader _links;
    private readonly HubSpotActivityKeys _keys;
    private readonly HubSpotActivities _activities;

    public HubSpotAdapter(CrmConnection connection, HubSpotOptions options, HubSpotClient client, ILogger log)
    {
        (_connection, _options, _client) = (connection, options, client);
        (Streams, SettleTime) = (options.Streams, options.Settle);
        _names = new(connection.Mapping, options);
        _reader = new(client, options, _names, new(connection.Name, new(connection.Mapping, options, _names)));
        _writer = new(client, new(_reader));
        _keys = new(client, options);
        _polling = new(connection, client, options, _keys, log);
        _sweep = new(client);
        _links = new(client);
        _activities = new(client, _keys);
    }

    public string Connection => _connection.Name;
    public IReadOnlyList<QuotaStatus> Quotas => _client.Quotas;
    public StageMap Stages { get; private set; } = StageMap.Empty;
    public IReadOnlyDictionary<CrmSignal, string> MissingSignals { get; private set; } = new Dictionary<CrmSignal, string>();
    public TimeSpan SettleTime { get; }
    public bool HistoryTellsForms => true;
    public IReadOnlyList<string> Streams { get; }

    public string PositionAt(DateTimeOffset since) => HubSpotPolling.PositionAt(since);

    public Task<ChangePage> PollAsync(string stream, string position, DateTimeOffset now, CancellationToken cancellationToken) =>
        _client.Planner.ForAsync(QuotaPurpose.Poll, () => _polling.PollAsync(Known(stream), position, now, cancellationToken));

    public Task<SweepPage> SweepAsync(string? position, CancellationToken cancellationToken) =>
        _client.Planner.ForAsync(QuotaPurpose.Sweep, () => _sweep.ReadAsync(position, cancellationToken));

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> LeadsOfAsync(
        string stream, IReadOnlyList<string> recordIds, CancellationToken cancellationToken) =>
        Known(stream) == HubSpotStreams.Contacts
            ? recordIds.Distinct().ToDictionary(id => id, id => (IReadOnlyList<string>)[id])
            : await _links.ReadAsync(stream, HubSpotStreams.Contacts, recordIds, cancellationToken).ConfigureAwait(false);

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

    public Task<IReadOnlyList<CrmUser>> UsersAsync(CancellationToken cancellationToken) => new HubSpotUsers(_client).ReadAsync(cancellationToken);

    public async Task<IReadOnlyList<CrmProblem>> CheckAsync(CancellationToken cancellationToken)
    {
        _keys.Forget();
        var check = new HubSpotCheck(_connection, _options, _client, _names);
        var problems = await check.RunAsync(cancellationToken).ConfigureAwait(false);
        (Stages, MissingSignals) = (check.Stages ?? Stages, check.MissingSignals);
        return problems;
    }

    public Task<IReadOnlyList<SetupStep>> SetupAsync(bool planOnly, CancellationToken cancellationToken) =>
        new HubSpotSetup(_connection, _options, _client).RunAsync(planOnly, cancellationToken);

    public Task<IReadOnlySet<string>> ListMembersAsync(string listId, CancellationToken cancellationToken) =>
        new HubSpotListReader(_client).ReadAsync(listId, cancellationToken);

    public Uri? LinkTo(string leadId) => _connection.AccountId is { } account
        ? new($"https://app.hubspot.com/contacts/{Uri.EscapeDataString(account)}/record/{HubSpotList.ContactType}/{Uri.EscapeDataString(leadId)}")
        : null;

    public void Dispose() => _client.Dispose();

    /// <summary>A caller that has not checked yet must not take every stage for an unknown one.</summary>
    private async Task StagesAsync(CancellationToken cancellationToken)
    {
        if (!Stages.IsEmpty)
            return;
        var property = await _client.Api.PropertyAsync(
            _client.Paths.Properties, HubSpotStreams.Contacts, HubSpotPropertyNames.Stage, cancellationToken).ConfigureAwait(false);
        Stages = HubSpotStages.Resolve(_connection, property).Map;
    }

    private static string Known(string stream) =>
        HubSpotStreams.All.Contains(stream) ? stream : throw new ArgumentException($"HubSpot has no stream '{stream}'.", nameof(stream));
}
