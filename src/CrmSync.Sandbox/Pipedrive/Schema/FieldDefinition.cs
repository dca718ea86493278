namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>A field of a kind of record: one of Pipedrive's own, or one that the customer made, whose code is a hash.</summary>
internal sealed record FieldDefinition
{
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>How a value is kept, checked and shown; see the table of definitions. Of a custom field, its type.</summary>
    public required string Kind { get; init; }
    public bool IsCustom { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<FieldOption> Options { get; init; } = [];
    public bool IsCreatable { get; init; }
    public bool IsUpdatable { get; init; }
    public bool IsNullable { get; init; }

    /// <summary>Whether answers leave it out while it is empty, instead of showing null.</summary>
    public bool IsSparse { get; init; }

    /// <summary>Whether it is shown only to those who ask for it.</summary>
    public bool IsOptional { get; init; }
    public bool IsHidden { get; init; }

    /// <summary>Whether it exists only in accounts that synchronise contacts.</summary>
    public bool NeedsContactSync { get; init; }

    /// <summary>When the customer made it; Pipedrive's own are older than any account here.</summary>
    public DateTimeOffset AddTime { get; init; } = new(2025, 1, 2, 8, 0, 0, TimeSpan.Zero);

    public bool HasOptions => Kind is "enum" or "set";

    /// <summary>The type that the fields API tells.</summary>
    public string FieldType => Kind switch
    {
        "str" or "lead" or "flag" or "marketing" or "duration" => "varchar",
        "num" => "double",
        "bool" => "boolean",
        "stamp" or "v1stamp" => "date",
        "money" => "monetary",
        "ids" or "uuids" => "set",
        "person" => "people",
        "pipeline" => "int",
        "contacts" => "phone",
        "visible" => "visible_to",
        "participants" or "attendees" => "json",
        _ => Kind,
    };

    public FieldOption? Option(long id) => Options.FirstOrDefault(option => option.Id == id);
}

/// <summary>One choice of a field; only its id stands in records.</summary>
internal sealed record FieldOption(long Id, string Label, DateTimeOffset AddTime);
