using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Makes and changes records. Values come checked; what is decided here is what HubSpot does with them.</summary>
internal static class RecordWriter
{
    private static readonly TimeSpan FarBehind = TimeSpan.FromMinutes(1);

    public static HubSpotRecord Create(Portal portal, ObjectType type, IReadOnlyDictionary<string, string> values, WriteContext context)
    {
        var table = portal.Table(type);
        var complete = WithDefaults(portal, type, values, context);
        var ticks = context.At.UtcTicks;
        var id = table.TakeId();
        var bag = ValueBag.Empty.With(complete);
        var record = new HubSpotRecord(type, id, ticks, context.Actor, new RecordState(bag, ticks, 0, IndexedAt(portal, type, id, ticks)));
        table.Add(record);
        context.Note(record, "id", null, record.IdText);
        portal.Changed(new PortalChange(ChangeKind.Created, record, context));
        foreach (var (name, value) in bag.Pairs)
        {
            Announce(portal, record, name, null, value, context);
        }

        return record;
    }

    /// <summary>Applies what HubSpot accepts of these changes; a stage written backwards stays as it is.</summary>
    public static void Update(Portal portal, HubSpotRecord record, IReadOnlyDictionary<string, string> changes, WriteContext context)
    {
        var old = record.State;
        var wanted = changes.ToDictionary(change => change.Key, change => Appended(portal, record, change.Key, change.Value), StringComparer.Ordinal);
        if (wanted.TryGetValue(LifecycleStages.Property, out var stage) && !context.Actor.IsPerson && LifecycleRule.IsBackward(portal, record, stage))
        {
            wanted.Remove(LifecycleStages.Property);
        }

        var real = wanted.Where(change => (old.Values.Get(change.Key) ?? "") != change.Value).ToDictionary(StringComparer.Ordinal);
        if (record.Type == ObjectType.Task && real.GetValueOrDefault("hs_task_status") == "COMPLETED")
        {
            real["hs_task_completion_date"] = Instants.Format(context.At);
        }

        if (real.Count == 0 && !portal.Switches.EqualWriteTouches)
        {
            return;
        }

        Enter(portal, record, old.Values.With(real), old.ArchivedTicks, context);
        foreach (var (name, value) in real)
        {
            var before = old.Values.Get(name) ?? "";
            record.Remember(name, before, new PropertyVersion(value, context.Shown, context.Actor));
            Announce(portal, record, name, before, value, context);
        }
    }

    /// <summary>Puts a record into its next state.</summary>
    public static void Enter(Portal portal, HubSpotRecord record, ValueBag values, long archivedTicks, WriteContext context)
    {
        // A clock that was set back does not take modified dates with it.
        var ticks = Math.Max(context.At.UtcTicks, record.State.UpdatedTicks);
        var indexed = Math.Max(record.State.IndexedTicks, IndexedAt(portal, record.Type, record.Id, ticks));
        var isLater = ticks > record.State.UpdatedTicks;
        record.Enter(new RecordState(values, ticks, archivedTicks, indexed));
        if (isLater)
        {
            portal.Table(record.Type).Journal.Add(record);
        }
    }

    private static long IndexedAt(Portal portal, ObjectType type, long id, long ticks)
    {
        var lag = TimeSpan.FromSeconds(portal.Switches.SearchLagSeconds);
        if (lag == TimeSpan.Zero)
        {
            return ticks;
        }

        var fraction = KeyedRandom.Fraction(portal.Seed, $"lag/{type.TypeId}/{id}/{ticks}");
        // Where search is far behind, one record in ten is shown at the last moment: a draw alone hardly ever comes near it.
        return ticks + (lag >= FarBehind && fraction >= 0.9 ? lag.Ticks - TimeSpan.TicksPerSecond : (long)(lag.Ticks * fraction));
    }

    private static Dictionary<string, string> WithDefaults(Portal portal, ObjectType type, IReadOnlyDictionary<string, string> values, WriteContext context)
    {
        var complete = values.Where(pair => pair.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
        if (type == ObjectType.Contact || type == ObjectType.Company)
        {
            if (portal.Switches.DefaultStage.Length > 0)
            {
                complete.TryAdd(LifecycleStages.Property, portal.Switches.DefaultStage);
            }
        }
        else if (type == ObjectType.Deal)
        {
            complete.TryAdd("pipeline", portal.Pipelines[0].Id);
        }
        else if (complete.GetValueOrDefault("hs_task_status") == "COMPLETED")
        {
            complete["hs_task_completion_date"] = Instants.Format(context.At);
        }

        return complete;
    }

    private static void Announce(Portal portal, HubSpotRecord record, string name, string? before, string after, WriteContext context)
    {
        var definition = portal.Schema(record.Type).Find(name);
        if (definition is { HasUniqueValue: true })
        {
            portal.Table(record.Type).Index(name, before, after, record);
        }

        context.Note(record, name, before, after);
        if (definition is not { IsCalculated: true })
        {
            portal.Changed(new PortalChange(ChangeKind.PropertyChanged, record, context) { Property = name, Value = after });
        }
    }

    /// <summary>A leading semicolon adds to a list of options instead of replacing it.</summary>
    private static string Appended(Portal portal, HubSpotRecord record, string name, string value)
    {
        if (!value.StartsWith(';') || portal.Schema(record.Type).Find(name) is not { IsMultiple: true })
        {
            return value;
        }

        var present = (record.State.Values.Get(name) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(';', present.Union(value.Split(';', StringSplitOptions.RemoveEmptyEntries)));
    }
}
