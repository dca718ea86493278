using System.Globalization;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>The data of one company. It is read and changed in turns.</summary>
internal sealed class PipedriveCompany
{
    private const long FirstUser = 7_001;

    private readonly Dictionary<EntityKind, ItemTable> tables = EntityKind.All.ToDictionary(kind => kind, kind => new ItemTable(kind));
    private readonly List<PipedriveUser> users = [];
    private int drawn;

    public PipedriveCompany(int number, int seed, PipedriveSwitches switches)
    {
        (Id, Seed, Switches) = (900_100 + (number * 17L), seed, switches);
        Domain = $"company{number + 1}";
        Fields = new FieldBook(seed, Id);
        ApiUser = User("crmsync");
        Automation = User("automated");
    }

    public long Id { get; }

    /// <summary>The name before <c>.pipedrive.com</c>.</summary>
    public string Domain { get; }

    public int Seed { get; }

    public PipedriveSwitches Switches { get; set; }

    public FieldBook Fields { get; }

    /// <summary>The admin whose token the product has.</summary>
    public PipedriveUser ApiUser { get; }

    /// <summary>The admin in whose name workflows and imports run.</summary>
    public PipedriveUser Automation { get; }

    public IReadOnlyList<PipedriveUser> Users => users;

    /// <summary>Those who work in the surface.</summary>
    public IEnumerable<PipedriveUser> People => users.Where(user => user != ApiUser && user != Automation);

    /// <summary>The scenario's keys of leads and organisations.</summary>
    public KeyBook<string> Keys { get; } = new();

    public List<LeadLabel> Labels { get; } = [];

    public List<SavedFilter> Filters { get; } = [];

    public Dictionary<string, ConversionJob> Conversions { get; } = new(StringComparer.Ordinal);

    /// <summary>Told of every change, inside the turn.</summary>
    public Action<ItemChange> Changed { get; set; } = _ => { };

    public ItemTable Table(EntityKind kind) => tables[kind];

    public void Tell(ItemChange change)
    {
        if (!change.Context.IsUntold)
        {
            Changed(change);
        }
    }

    /// <summary>The user with this key; a new key is a new colleague.</summary>
    public PipedriveUser User(string key)
    {
        if (users.Find(user => user.Key == key) is { } known)
        {
            return known;
        }

        var name = $"{char.ToUpperInvariant(key[0])}{key[1..]} Holm";
        var made = new PipedriveUser(key, FirstUser + users.Count, name, $"{key.ToLowerInvariant()}@{Domain}.example");
        users.Add(made);
        return made;
    }

    public PipedriveUser? UserOf(long id) => users.Find(user => user.Id == id);

    public bool IsInactive(PipedriveUser user) => Switches.InactiveUsers.Contains(user.Key);

    public long FirstStage(long pipeline) => Table(EntityKind.Stage).All
        .FirstOrDefault(stage => stage.Long("pipeline_id") == pipeline && !stage.IsDeleted)?.Number ?? 1;

    public string NextLeadId() => NextUuid("lead");

    /// <summary>A new identifier that nobody could have guessed.</summary>
    public string NextUuid(string name) => KeyedRandom.Uuid(Seed, $"pipedrive/{Id}/{name}/{(++drawn).ToString(CultureInfo.InvariantCulture)}").ToString();

    /// <summary>A stable text that nobody could have guessed.</summary>
    public string Secret(string name) => KeyedRandom.Uuid(Seed, $"pipedrive/{Id}/{name}").ToString("N");
}

/// <summary>A coloured label of leads.</summary>
internal sealed record LeadLabel(string Id, string Name, string Color, DateTimeOffset AddTime, DateTimeOffset UpdateTime);

/// <summary>A saved view of records: its conditions as they were sent.</summary>
internal sealed record SavedFilter(long Id, string Name, string Type, System.Text.Json.Nodes.JsonObject Conditions, long UserId, DateTimeOffset AddTime);
