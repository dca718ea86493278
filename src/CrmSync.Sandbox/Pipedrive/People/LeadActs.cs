using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>Acts on the lead or deal, its person, its organisation and its tasks.</summary>
internal static class LeadActs
{
    private const string CompanyPrefix = "company.";
    private const string PersonPrefix = "person.";

    public static void SetStage(Scene scene) => scene.Write(
        scene.Record, LeadWords.Lifecycle(scene.Company).Code,
        LeadWords.StageOf(scene.Company, scene.Act.Stage ?? throw new SandboxRequestException("set-stage needs 'stage'.")));

    /// <summary>Fields of the lead or deal, else of the person; with <c>person.</c> or <c>company.</c> before the name, of that one.</summary>
    public static void Edit(Scene scene)
    {
        var changes = scene.Act.Fields.Select(field => (Place: Place(scene, field.Key), field.Value)).ToList();
        foreach (var group in changes.GroupBy(change => change.Place.Item))
        {
            var values = group.ToDictionary(change => change.Place.Field.Code, change => LeadWords.Value(change.Place.Field, change.Value));
            ItemWriter.Update(scene.Company, group.Key, values, scene.Context);
        }
    }

    /// <summary>Gives the record to somebody else.</summary>
    public static void Assign(Scene scene) =>
        scene.Write(scene.Record, "owner_id", scene.Company.User(scene.Act.Into ?? throw new SandboxRequestException("assign needs 'into', the owner's key.")).Id);

    /// <summary>Deals are merged, and so are the persons of leads; the leads themselves stay, both on the person that is left.</summary>
    public static void Merge(Scene scene)
    {
        var into = LeadRecords.Of(scene.Company, scene.Act.Into ?? throw new SandboxRequestException("A merge needs 'into', the key that survives."));
        var (winner, loser) = into.Kind == EntityKind.Deal && scene.Record.Kind == EntityKind.Deal
            ? (into, scene.Record)
            : (scene.Company.Table(EntityKind.Person).Find(into.Long("person_id") ?? 0), scene.Person);
        if (winner is null || loser is null || winner == loser)
        {
            throw new SandboxRequestException($"'{scene.Act.Key}' cannot be merged into '{scene.Act.Into}': they are the same already, or have no person.");
        }

        Merging.Merge(scene.Company, winner, loser, scene.Context);
    }

    public static void Archive(Scene scene) => SetArchived(scene, true);

    public static void Unarchive(Scene scene) => SetArchived(scene, false);

    public static void Delete(Scene scene) => ItemWriter.Delete(scene.Company, scene.Record, scene.Context);

    public static void CompleteTask(Scene scene)
    {
        var open = scene.Company.Table(EntityKind.Activity).Of(scene.Record.Kind.Name + "_id", scene.Record.Id)
            .LastOrDefault(activity => !activity.IsDeleted && !activity.Flag("done"))
            ?? throw new SandboxRequestException("The lead has no open task.");
        scene.Write(open, "done", true);
    }

    private static void SetArchived(Scene scene, bool isArchived) => ItemWriter.Update(
        scene.Company, scene.Record, new Dictionary<string, object?> { ["is_archived"] = isArchived },
        scene.Company.Switches.ArchivingTold ? scene.Context : scene.Context with { IsUntold = true });

    private static (Item Item, FieldDefinition Field) Place(Scene scene, string name)
    {
        var places = name switch
        {
            _ when name.StartsWith(CompanyPrefix, StringComparison.Ordinal) => [(scene.Organization, name[CompanyPrefix.Length..])],
            _ when name.StartsWith(PersonPrefix, StringComparison.Ordinal) => [(scene.Person, name[PersonPrefix.Length..])],
            _ => new[] { ((Item?)scene.Record, name), (scene.Person, name) },
        };
        foreach (var (item, plain) in places)
        {
            if (item is not null && ProductFields.Find(scene.Company.Fields.All(item.Kind), plain) is { } field)
            {
                return (item, field);
            }
        }

        throw new SandboxRequestException($"'{scene.Act.Key}' has no field '{name}', or not the record that it belongs to.");
    }
}
