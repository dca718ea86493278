namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>A kind of record, in Pipedrive's word for it.</summary>
internal sealed class EntityKind
{
    public static readonly EntityKind Lead = new("lead", "leads", "deal");
    public static readonly EntityKind Deal = new("deal", "deals", "deal");
    public static readonly EntityKind Person = new("person", "persons", "person");
    public static readonly EntityKind Organization = new("organization", "organizations", "organization");
    public static readonly EntityKind Activity = new("activity", "activities", "activity");
    public static readonly EntityKind Note = new("note", "notes", "note");
    public static readonly EntityKind Pipeline = new("pipeline", "pipelines", "pipeline");
    public static readonly EntityKind Stage = new("stage", "stages", "stage");

    public static readonly IReadOnlyList<EntityKind> All = [Lead, Deal, Person, Organization, Activity, Note, Pipeline, Stage];

    private EntityKind(string name, string plural, string fields) => (Name, Plural, FieldsOf) = (name, plural, fields);

    public string Name { get; }

    public string Plural { get; }

    /// <summary>The kind whose custom fields it has: leads have those of deals.</summary>
    public string FieldsOf { get; }

    /// <summary>Whether records have custom fields.</summary>
    public bool HasCustomFields => FieldsOf is "deal" or "person" or "organization";

    public override string ToString() => Name;
}
