namespace CrmSync.Chaos.Checker.History;

/// <summary>Tells a log in the checker's words; a record that goes on under another id keeps its first one.</summary>
public sealed class Translation(CrmDialect dialect)
{
    private readonly Dictionary<string, string> _first = [];
    private readonly HashSet<string> _former = [];

    public LogLine Of(LogLine line)
    {
        var made = line.Effects.Select(e => dialect.Becomes?.In(e)).OfType<(string Now, string Former)>().ToDictionary(p => p.Now, p => p.Former);
        foreach (var (now, former) in made)
        {
            _first[now] = IdOf(former);
            _former.Add(former);
        }
        return line with { Effects = [.. line.Effects.SelectMany(e => Sale(e).Concat(Of(e, made)))], Reads = [.. line.Reads.Select(IdOf)] };
    }

    /// <summary>The store with each lead under the id by which the log knows it.</summary>
    public StoreTables Of(StoreTables store) => store with
    {
        Leads = [.. store.Leads.Select(row => row with { LeadId = IdOf(row.LeadId) })],
        Aliases = [.. store.Aliases.Select(row => row with { LeadId = IdOf(row.LeadId) })],
        Inbox = [.. store.Inbox.Select(row => row with { LeadId = IdOf(row.LeadId) })],
        Intents = [.. store.Intents.Select(row => row with { LeadId = IdOf(row.LeadId) })],
        Quarantine = [.. store.Quarantine.Select(row => row with { LeadId = IdOf(row.LeadId) })],
    };

    /// <summary>The id under which a person's record was first known.</summary>
    public string IdOf(string id) => _first.GetValueOrDefault(id, id);

    /// <summary>The new record is filled from the old one in the request that makes it: that changes nothing of the person's.</summary>
    private IEnumerable<Change> Of(Change change, Dictionary<string, string> made)
    {
        if (dialect.Becomes is not { } becomes)
            return [Told(change)];
        if (change.Record == becomes.Record && made.ContainsKey(change.Id))
            return becomes.NamesFormer && becomes.In(change) is { } pair
                ? [new(CrmFields.People, IdOf(pair.Now), CrmFields.Became, null, pair.Now, change.Actor) { OwnRecord = dialect.Records.First(r => r.Value == CrmFields.People).Key, OwnId = pair.Former }]
                : [];
        // That the former is no more is part of it, and so is that somebody clears away later what a person has left behind.
        return _former.Contains(change.Id) && CrmFields.Ends.Contains(dialect.FieldOf(change.Field)) ? [] : [Told(change)];
    }

    private IEnumerable<Change> Sale(Change change)
    {
        if (dialect.Sale is not { } sale || change.Record != sale.Record || !_first.ContainsKey(change.Id))
            yield break;
        if (dialect.Becomes?.In(change) is { } pair)
            yield return new(CrmFields.Sales, change.Id, CrmFields.OfPerson, null, IdOf(pair.Now), change.Actor);
        if (change.Field == sale.Field)
            yield return new(CrmFields.Sales, change.Id, CrmFields.IsWon, null, change.After == sale.Won ? "true" : "false", change.Actor);
    }

    private Change Told(Change change)
    {
        var (isPerson, field) = (change.Record == dialect.Becomes?.Record && _first.ContainsKey(change.Id), dialect.FieldOf(change.Field));
        var names = field == CrmFields.OfPerson || (isPerson && field == "mergedInto");
        return change with
        {
            Record = isPerson ? CrmFields.People : dialect.Records.GetValueOrDefault(change.Record, change.Record),
            Id = isPerson ? IdOf(change.Id) : change.Id,
            Field = field,
            Before = dialect.ValueOf(field, change.Before),
            After = names && change.After is { } other ? IdOf(other) : dialect.ValueOf(field, change.After),
        };
    }
}
