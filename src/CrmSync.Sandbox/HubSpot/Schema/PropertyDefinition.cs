namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>One property of an object type, as the properties API shows it.</summary>
internal sealed record PropertyDefinition
{
    public required string Name { get; init; }
    public required string Label { get; init; }
    public required string Type { get; init; }
    public required string FieldType { get; init; }
    public required string GroupName { get; init; }
    public string Description { get; init; } = "";
    public IReadOnlyList<PropertyOption> Options { get; init; } = [];
    public bool IsReadOnly { get; init; }
    public bool IsCalculated { get; init; }
    public bool HasUniqueValue { get; init; }

    /// <summary>Defined by HubSpot, so the definition cannot be deleted.</summary>
    public bool IsHubSpotDefined { get; init; }

    /// <summary>Options come from elsewhere (stages, owners), so they cannot be patched here.</summary>
    public bool HasExternalOptions { get; init; }

    /// <summary>Any value passes, since HubSpot keeps the options to itself.</summary>
    public bool AcceptsAnyOption { get; init; }
    public bool IsHidden { get; init; }
    public int DisplayOrder { get; init; } = -1;
    public bool FormField { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public bool IsArchived { get; init; }

    /// <summary>Several options at once, joined by semicolons.</summary>
    public bool IsMultiple => FieldType == "checkbox" && Type == "enumeration";

    public PropertyOption? Option(string value) => Options.FirstOrDefault(option => option.Value == value);
}

/// <summary>One choice of an enumeration.</summary>
internal sealed record PropertyOption(string Value, string Label, int DisplayOrder, bool Hidden = false, string Description = "");
