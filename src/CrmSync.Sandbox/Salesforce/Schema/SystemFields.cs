namespace CrmSync.Sandbox.Salesforce.Schema;

/// <summary>The fields that every object has. The places of the first ones are the same everywhere.</summary>
internal static class SystemFields
{
    public const int Id = 0;
    public const int IsDeleted = 1;
    public const int CreatedDate = 2;
    public const int CreatedById = 3;
    public const int LastModifiedDate = 4;
    public const int LastModifiedById = 5;
    public const int SystemModstamp = 6;

    public static IReadOnlyList<FieldDefinition> First { get; } =
    [
        new() { Name = "Id", Label = "Record ID", Type = "id", Length = 18, IsDefaulted = true },
        new() { Name = "IsDeleted", Label = "Deleted", Type = "boolean", IsDefaulted = true },
        new() { Name = "CreatedDate", Label = "Created Date", Type = "datetime", IsDefaulted = true },
        User("CreatedBy", "Created By ID"),
        new() { Name = "LastModifiedDate", Label = "Last Modified Date", Type = "datetime", IsDefaulted = true },
        User("LastModifiedBy", "Last Modified By ID"),
        new() { Name = "SystemModstamp", Label = "System Modstamp", Type = "datetime", IsDefaulted = true },
    ];

    private static FieldDefinition User(string relationship, string label) => new()
    {
        Name = relationship + "Id", Label = label, Type = "reference", Length = 18, IsDefaulted = true, ReferenceTo = ["User"], RelationshipName = relationship,
    };
}
