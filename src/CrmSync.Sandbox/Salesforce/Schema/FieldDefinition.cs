namespace CrmSync.Sandbox.Salesforce.Schema;

/// <summary>One value of a picklist; one that an admin took away is inactive.</summary>
internal sealed record PicklistValue(string Value, string Label, bool IsDefault = false, bool IsActive = true);

/// <summary>One field of an object.</summary>
internal sealed record FieldDefinition
{
    public required string Name { get; init; }
    public required string Label { get; init; }

    /// <summary>Salesforce's word: id, string, picklist, reference, boolean, int, double, currency, date, datetime, email, phone, url, textarea or address.</summary>
    public required string Type { get; init; }
    public int Length { get; init; }
    public bool IsCreatable { get; init; }
    public bool IsUpdateable { get; init; }
    public bool IsNillable { get; init; }

    /// <summary>Has a value on creation even when none is given.</summary>
    public bool IsDefaulted { get; init; }
    public bool IsFilterable { get; init; } = true;
    public bool IsCustom { get; init; }
    public bool IsExternalId { get; init; }
    public bool IsUnique { get; init; }

    /// <summary>Whether a picklist refuses values that it does not have.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Whether changes of it leave rows in the object's history.</summary>
    public bool IsTracked { get; init; }

    /// <summary>Made by an admin after the org was opened: hidden until somebody grants it.</summary>
    public bool NeedsGrant { get; init; }
    public IReadOnlyList<string> ReferenceTo { get; init; } = [];

    /// <summary>By what name a query reaches the record referred to.</summary>
    public string? RelationshipName { get; init; }
    public IReadOnlyList<PicklistValue> Values { get; init; } = [];

    /// <summary>The id of the field's own metadata record; null for standard fields.</summary>
    public string? DurableId { get; init; }

    /// <summary>Its place in the values of a record.</summary>
    public int Index { get; init; }

    public bool IsRequired => IsCreatable && !IsNillable && !IsDefaulted;

    public bool IsText => Type is "string" or "picklist" or "email" or "phone" or "url" or "textarea" or "combobox";
}
