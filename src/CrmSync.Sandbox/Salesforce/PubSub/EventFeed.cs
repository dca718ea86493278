using System.Globalization;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>The events of one org. A place in the stream is a number that grows with time, so that a quiet stream moves on, too.</summary>
internal sealed class EventFeed(Org org, DueActions later)
{
    private readonly List<ChangeEvent> events = [];
    private readonly Dictionary<string, EventSchema> schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<OrgRow, ChangeEvent> open = [];
    private Transaction? transaction;
    private TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long last;
    private long transactions;
    private long changes;

    /// <summary>Ends when the next event is there.</summary>
    public Task Arrival => arrived.Task;

    /// <summary>Takes a change in; it shows once its transaction is committed.</summary>
    public void Add(RowChange change)
    {
        var (record, context) = (change.Record, change.Context);
        if (!org.Switches.ChangeEvents || !ChangeSelection.Of(org).Contains(record.Type.Name))
        {
            return;
        }

        if (transaction != context)
        {
            open.Clear();
            (transaction, context.Key) = (context, KeyedRandom.Uuid(org.Seed,
                string.Create(CultureInfo.InvariantCulture, $"transaction/{org.Number}/{++transactions}")).ToString());
        }

        if (open.TryGetValue(record, out var known))
        {
            known.Add(record.State.Values, Told(change));
            return;
        }

        changes++;
        if (org.Switches.LoseEventEvery > 0 && changes % org.Switches.LoseEventEvery == 0)
        {
            return;
        }

        var isGap = org.Switches.GapEvery > 0 && changes % org.Switches.GapEvery == 0;
        var kind = (isGap ? "GAP_" : "") + change.Kind.ToString().ToUpperInvariant();
        var added = new ChangeEvent(Schema(record.Type), kind, [record.Id], context, context.Key, context.NextSequence());
        if (!isGap)
        {
            added.Add(record.State.Values, Told(change));
            open[record] = added;
        }

        PublishAt(added, context.CommitAt, context.At);
    }

    /// <summary>Says that more happened to an object than could be told.</summary>
    public void Overflow(string entity, Transaction context) =>
        PublishAt(new ChangeEvent(Schema(org.Table(entity).Schema), "GAP_OVERFLOW", [], context, org.Secret("overflow"), 1), context.CommitAt, context.At);

    /// <summary>The newest event that was told; 0 before the first.</summary>
    public long Newest => events.Count == 0 ? 0 : last;

    /// <summary>The newest place in the stream.</summary>
    public long Latest(DateTimeOffset now) => Math.Max(last, now.ToUnixTimeMilliseconds());

    /// <summary>Whether events after this place are all still kept.</summary>
    public bool IsKept(long replay, DateTimeOffset now) => replay >= Oldest(now) && replay <= Latest(now);

    public IReadOnlyList<ChangeEvent> After(long replay, string? entity, int most, DateTimeOffset now)
    {
        var oldest = Oldest(now);
        events.RemoveRange(0, Math.Max(0, events.FindIndex(item => item.Replay >= oldest) is var kept && kept < 0 ? events.Count : kept));
        var (low, high) = (0, events.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = events[middle].Replay <= replay ? (middle + 1, high) : (low, middle);
        }

        return [.. events.Skip(low).Where(item => entity is null || item.Schema.Entity == entity).Take(most)];
    }

    /// <summary>The schema by which changes of an object are written now.</summary>
    public EventSchema Schema(SObjectSchema entity)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{entity.Name}-{entity.Fields.Count}-{org.Secret(entity.Name)[..8]}");
        return schemas.TryGetValue(id, out var known) ? known : schemas[id] = new EventSchema(entity, id);
    }

    public EventSchema? FindSchema(string id) => schemas.GetValueOrDefault(id);

    public static bool HasTopic(string entity) => ChangeSelection.Selectable.Contains(entity);

    private long Oldest(DateTimeOffset now) => now.AddHours(-org.Switches.RetentionHours).ToUnixTimeMilliseconds();

    /// <summary>The stamps are told with an update, but for that of a conversion.</summary>
    private static IEnumerable<FieldDefinition> Told(RowChange change)
    {
        var type = change.Record.Type;
        return change.Kind switch
        {
            RowChangeKind.Delete => [],
            RowChangeKind.Update when change.Fields.Any(field => field.Name == "IsConverted") => change.Fields,
            RowChangeKind.Update => change.Fields.Append(type.Get("LastModifiedDate")).Append(type.Get("LastModifiedById")),
            _ => type.Fields.Where(field => change.Record[field] is not null),
        };
    }

    private void PublishAt(ChangeEvent added, DateTimeOffset commitAt, DateTimeOffset now)
    {
        if (commitAt <= now)
        {
            Publish(added, now);
        }
        else
        {
            later.Add(commitAt, at => Publish(added, at));
        }
    }

    private void Publish(ChangeEvent added, DateTimeOffset at)
    {
        last = Math.Max(last, at.ToUnixTimeMilliseconds()) + 1;
        (added.Replay, added.At) = (last, at);
        events.Add(added);
        var signal = arrived;
        arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        signal.SetResult();
    }
}
