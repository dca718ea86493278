using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports.History;

/// <summary>Reads the history of the stage of every lead of a connection. It writes nothing to the CRM.</summary>
internal sealed class HistoryImport(ICrmAdapter adapter, Func<IReadOnlyList<HistoryRow>, CancellationToken, Task<int>> keep)
{
    private const int PerBatch = 50;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public StageAudit Audit { get; } = new();

    /// <summary>Rows that were new.</summary>
    public int Added { get; private set; }

    /// <summary>Rows that the CRM told.</summary>
    public int Found { get; private set; }

    /// <param name="until">Only what lies before: from then on the product saw for itself. Null: all.</param>
    /// <param name="now">The instant of the import.</param>
    public async Task RunAsync(DateTimeOffset? until, DateTimeOffset now, Action<int> told, CancellationToken cancellationToken)
    {
        string? position = null;
        do
        {
            var page = await adapter.SweepAsync(position, cancellationToken);
            await ReadAsync(page.LeadIds, until, cancellationToken);
            told(Audit.Leads);
            position = page.Position;
        }
        while (position is not null);
        foreach (var stream in adapter.SequelStreams)
            await SequelsAsync(stream, until, now, told, cancellationToken);
    }

    private async Task SequelsAsync(string stream, DateTimeOffset? until, DateTimeOffset now, Action<int> told, CancellationToken cancellationToken)
    {
        var (position, more) = (adapter.PositionAt(DateTimeOffset.UnixEpoch), true);
        while (more)
        {
            var page = await adapter.PollAsync(stream, position, now, cancellationToken);
            var leads = await adapter.LeadsOfAsync(stream, [.. page.Records.Select(record => record.Id).Distinct()], cancellationToken);
            await ReadAsync([.. leads.Values.SelectMany(ids => ids).Distinct()], until, cancellationToken);
            told(Audit.Leads);
            (position, more) = (page.Position, page.More);
        }
    }

    /// <summary>Each once; of a lead that became another record, that one with what the lead was before.</summary>
    private async Task ReadAsync(IEnumerable<string> leadIds, DateTimeOffset? until, CancellationToken cancellationToken, ILookup<string, FieldChange>? earlier = null)
    {
        foreach (var ids in leadIds.Where(_read.Add).Chunk(PerBatch))
        {
            var readings = await adapter.ReadAsync(ids, ReadDepth.GuardHistory, FactCatalogue.BuiltIn, cancellationToken);
            var rows = readings.Where(reading => reading.Lead is not null)
                .SelectMany(reading => Rows(reading.Lead!.Ref.Id, [.. earlier?[reading.LeadId] ?? [], .. reading.Lead.StageHistory ?? []], until)).ToList();
            var moved = readings.Where(reading => reading.Kind == CrmReadingKind.Moved).ToLookup(reading => _read.Contains(reading.MovedTo!));
            // What another lead became too was read with that one.
            rows.AddRange(moved[true].SelectMany(reading => Rows(reading.MovedTo!, reading.EarlierStages ?? [], until)));
            Found += rows.Count;
            Added += await keep(rows, cancellationToken);
            var before = moved[false].SelectMany(reading => (reading.EarlierStages ?? []).Select(change => (To: reading.MovedTo!, Change: change)));
            await ReadAsync(moved[false].Select(reading => reading.MovedTo!), until, cancellationToken, before.ToLookup(pair => pair.To, pair => pair.Change));
        }
    }

    private List<HistoryRow> Rows(string leadId, IReadOnlyList<FieldChange> changes, DateTimeOffset? until)
    {
        Audit.Lead(changes.Count > 0);
        var rows = new List<HistoryRow>();
        LifecycleStage? before = null;
        foreach (var change in changes.OrderBy(change => change.At))
        {
            var stage = adapter.Stages.StageOf(change.Value);
            Audit.Change(before, stage, change);
            if (stage is { } reached && reached != before && !(change.At >= until))
                rows.Add(new(adapter.Connection, leadId, change.At, StageOf(reached), ActorOf(change.Actor), null, HistoryOrigin.Crm));
            before = stage ?? before;
        }
        return rows;
    }

    private static HistoryStage StageOf(LifecycleStage stage) => stage switch
    {
        LifecycleStage.Lead => HistoryStage.Lead,
        LifecycleStage.MarketingQualified => HistoryStage.MarketingQualified,
        LifecycleStage.SalesAccepted => HistoryStage.SalesAccepted,
        LifecycleStage.SalesQualified => HistoryStage.SalesQualified,
        LifecycleStage.Opportunity => HistoryStage.Opportunity,
        _ => HistoryStage.Customer,
    };

    private static string ActorOf(ChangeActor actor) => actor.Kind switch
    {
        ChangeActorKind.Person when actor.Id is { } id => $"person:{id}",
        ChangeActorKind.Automation or ChangeActorKind.Workflow or ChangeActorKind.Integration => "automation",
        _ => "unknown",
    };
}
