using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>The data of one Salesforce org. It is read and changed in turns.</summary>
internal sealed class Org
{
    private readonly Dictionary<string, RecordTable> tables;
    private readonly List<SalesforceUser> users = [];
    private SalesforceSwitches switches;
    private readonly string profile;
    private long apiRows;

    public Org(int number, int seed, SalesforceSwitches switches, DateTimeOffset now)
    {
        (Number, Seed, this.switches) = (number, seed, switches);
        tables = ObjectFile.Read().ToDictionary(schema => schema.Name, schema => new RecordTable(schema), StringComparer.OrdinalIgnoreCase);
        Id = RecordId.Make("00D", 5_000_000 + number);
        profile = Table("Profile").Place(null, now, [("Name", "Standard User")]).Id;
        Queue = Table("Group").Place(null, now, [("Name", "Unassigned leads"), ("DeveloperName", "Unassigned_leads"), ("Type", "Queue")]).Id;
        ApiUser = AddUser("crmsync", "Standard", now);
        Automation = AddUser("automated", "AutomatedProcess", now);
    }

    public int Number { get; }

    public int Seed { get; }

    /// <summary>The 18-letter id of the org.</summary>
    public string Id { get; }

    /// <summary>The user that API calls run as.</summary>
    public SalesforceUser ApiUser { get; }

    /// <summary>The user that flows run as.</summary>
    public SalesforceUser Automation { get; }

    /// <summary>The id of a queue that leads may belong to.</summary>
    public string Queue { get; }

    /// <summary>The scenario's keys of leads and accounts.</summary>
    public KeyBook<string> Keys { get; } = new();

    public IReadOnlyList<SalesforceUser> Users => users;

    /// <summary>Those who work in the org's surface.</summary>
    public IEnumerable<SalesforceUser> People => users.Where(user => user != ApiUser && user != Automation);

    public IEnumerable<SObjectSchema> Schemas => tables.Values.Select(table => table.Schema);

    /// <summary>Told of every change, inside the turn.</summary>
    public Action<RowChange> Changed { get; set; } = _ => { };

    public SalesforceSwitches Switches
    {
        get => switches;
        set
        {
            switches = value;
            var active = Table("User").Schema.Get("IsActive");
            users.ForEach(user => Table("User").Find(user.Id)!.State.Values[active.Index] = !IsInactive(user.Id));
        }
    }

    public RecordTable Table(string name) => tables[name];

    public RecordTable? FindTable(string name) => tables.GetValueOrDefault(name);

    /// <summary>The table that rows with such ids live in, of those that a reference may point at.</summary>
    public RecordTable? TableOf(string id, IEnumerable<string> candidates) =>
        candidates.Select(FindTable).FirstOrDefault(table => table is not null && id.StartsWith(table.Schema.Prefix, StringComparison.Ordinal));

    /// <summary>The user with this key; a new key is a new colleague.</summary>
    public SalesforceUser User(string key, DateTimeOffset now) => users.Find(user => user.Key == key) ?? AddUser(key, "Standard", now);

    public SalesforceUser? UserOf(string id) => users.Find(user => user.Id == id);

    public bool IsInactive(string userId) => UserOf(userId) is { } user && switches.InactiveUsers.Contains(user.Key);

    /// <summary>Counts the rows that the API writes, for faults that hit each n-th.</summary>
    public long NextApiRow() => ++apiRows;

    /// <summary>A stable text that nobody could have guessed.</summary>
    public string Secret(string name) => KeyedRandom.Uuid(Seed, $"salesforce/{Number}/{name}").ToString("N");

    private SalesforceUser AddUser(string key, string type, DateTimeOffset now)
    {
        var username = $"{key.ToLowerInvariant()}@org{Number + 1}.example";
        var first = char.ToUpperInvariant(key[0]) + key[1..];
        var row = Table("User").Place(null, now,
        [
            ("Username", username), ("FirstName", first), ("LastName", "Holm"), ("Name", first + " Holm"), ("Email", username), ("Alias", key[..Math.Min(8, key.Length)]),
            ("IsActive", !switches.InactiveUsers.Contains(key)), ("UserType", type), ("LanguageLocaleKey", "en_US"), ("TimeZoneSidKey", "Europe/Copenhagen"),
            ("ProfileId", profile),
        ]);
        var user = new SalesforceUser(key, row.Id, username);
        users.Add(user);
        return user;
    }
}
