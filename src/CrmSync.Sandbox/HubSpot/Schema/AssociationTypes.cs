namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>HubSpot's own association types. Each direction has an id of its own.</summary>
internal static class AssociationTypes
{
    private static readonly (ObjectType From, ObjectType To, int Id, int ReverseId, string? Label)[] Table =
    [
        (ObjectType.Contact, ObjectType.Contact, 449, 449, null), (ObjectType.Company, ObjectType.Company, 450, 450, null),
        (ObjectType.Deal, ObjectType.Deal, 451, 451, null),
        (ObjectType.Contact, ObjectType.Company, 279, 280, null), (ObjectType.Contact, ObjectType.Company, 1, 2, "Primary"),
        (ObjectType.Deal, ObjectType.Contact, 3, 4, null),
        (ObjectType.Deal, ObjectType.Company, 341, 342, null), (ObjectType.Deal, ObjectType.Company, 5, 6, "Primary"),
        (ObjectType.Note, ObjectType.Contact, 202, 201, null), (ObjectType.Note, ObjectType.Company, 190, 189, null),
        (ObjectType.Note, ObjectType.Deal, 214, 213, null),
        (ObjectType.Task, ObjectType.Contact, 204, 203, null), (ObjectType.Task, ObjectType.Company, 192, 191, null),
        (ObjectType.Task, ObjectType.Deal, 216, 215, null),
    ];

    /// <summary>The unlabelled type for a direction; null when the two kinds cannot be associated.</summary>
    public static int? Default(ObjectType from, ObjectType to) => Between(from, to).Where(type => type.Label is null).Select(type => (int?)type.Id).FirstOrDefault();

    /// <summary>The "Primary" type for a direction, where there is one.</summary>
    public static int? Primary(ObjectType from, ObjectType to) => Between(from, to).Where(type => type.Label is not null).Select(type => (int?)type.Id).FirstOrDefault();

    /// <summary>The type that says the same from the other end.</summary>
    public static int Reverse(int id)
    {
        foreach (var row in Table)
        {
            if (row.Id == id)
            {
                return row.ReverseId;
            }

            if (row.ReverseId == id)
            {
                return row.Id;
            }
        }

        return id;
    }

    public static IEnumerable<(int Id, string? Label)> Between(ObjectType from, ObjectType to)
    {
        foreach (var row in Table)
        {
            if (row.From == from && row.To == to)
            {
                yield return (row.Id, row.Label);
            }
            else if (row.From == to && row.To == from)
            {
                yield return (row.ReverseId, row.Label);
            }
        }
    }
}
