namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>A kind of record, with its names in urls, messages and events.</summary>
internal sealed record ObjectType(string Plural, string Singular, string TypeId, long FirstId)
{
    public static readonly ObjectType Contact = new("contacts", "contact", "0-1", 94_100_000_001);
    public static readonly ObjectType Company = new("companies", "company", "0-2", 31_200_000_001);
    public static readonly ObjectType Deal = new("deals", "deal", "0-3", 22_300_000_001);
    public static readonly ObjectType Task = new("tasks", "task", "0-27", 71_400_000_001);
    public static readonly ObjectType Note = new("notes", "note", "0-46", 81_500_000_001);

    public static readonly IReadOnlyList<ObjectType> All = [Contact, Company, Deal, Task, Note];

    /// <summary>Finds a type by its plural, singular or numeric name.</summary>
    public static ObjectType? Find(string name) => All.FirstOrDefault(type =>
        type.Plural.Equals(name, StringComparison.OrdinalIgnoreCase) || type.Singular.Equals(name, StringComparison.OrdinalIgnoreCase) || type.TypeId == name);

    /// <summary>The modified date has one name on contacts and another everywhere else.</summary>
    public string ModifiedProperty => this == Contact ? "lastmodifieddate" : "hs_lastmodifieddate";

    public string CreatedProperty => this == Task || this == Note ? "hs_createdate" : "createdate";

    public bool IsActivity => this == Task || this == Note;

    /// <summary>The type whose scopes give access: activities go with contacts.</summary>
    public string ScopeName => IsActivity ? Contact.Plural : Plural;

    public override string ToString() => Plural;
}
