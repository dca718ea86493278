using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>The data of one HubSpot account. It is read and changed in turns.</summary>
internal sealed class Portal
{
    private readonly Dictionary<ObjectType, ObjectTable> tables = ObjectType.All.ToDictionary(type => type, type => new ObjectTable(type));
    private readonly Dictionary<ObjectType, TypeSchema> schemas;
    private readonly List<HubSpotOwner> owners = [];

    public Portal(long id, int seed, HubSpotSwitches switches)
    {
        Id = id;
        Seed = seed;
        Switches = switches;
        schemas = PortalSchemas.Build(id, seed, switches, Pipelines);
        foreach (var key in new[] { "rep1", "rep2", "rep3", "marketing" })
        {
            Owner(key);
        }
    }

    public long Id { get; }

    public int Seed { get; }

    public HubSpotSwitches Switches { get; set; }

    public List<Pipeline> Pipelines { get; } = [Pipeline.DefaultDeals];

    public RecordLists Lists { get; } = new();

    public IReadOnlyList<HubSpotOwner> Owners => owners;

    /// <summary>Told of every change, inside the turn.</summary>
    public Action<PortalChange> Changed { get; set; } = _ => { };

    public ObjectTable Table(ObjectType type) => tables[type];

    public TypeSchema Schema(ObjectType type) => schemas[type];

    /// <summary>The owner with this key; a new key is a new colleague.</summary>
    public HubSpotOwner Owner(string key)
    {
        if (owners.Find(owner => owner.Key == key) is { } known)
        {
            return known;
        }

        var number = owners.Count;
        var name = char.ToUpperInvariant(key[0]) + key[1..];
        var added = new HubSpotOwner(key, 510_001 + (number * 7), 28_604_240 + (number * 13), $"{key.ToLowerInvariant()}@account{Id}.example", name, "Holm");
        owners.Add(added);
        return added;
    }

    public bool IsArchived(HubSpotOwner owner) => Switches.ArchivedOwners.Contains(owner.Key);

    /// <summary>Whether a record may be given to the owner with this id.</summary>
    public bool MayOwn(string value) => owners.Exists(owner =>
        owner.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == value && (Switches.ArchivedOwnersMayOwn || !IsArchived(owner)));

    public PipelineStage? DealStage(string? stage) => Pipelines.SelectMany(pipeline => pipeline.Stages).FirstOrDefault(known => known.Id == stage);
}
