namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>A query as it was written, not yet held against any object.</summary>
internal sealed record ParsedQuery
{
    public required IReadOnlyList<SelectItem> Select { get; init; }

    /// <summary>SELECT COUNT().</summary>
    public bool IsCount { get; init; }
    public required string From { get; init; }
    public required int FromPosition { get; init; }
    public ParsedCondition? Where { get; init; }
    public IReadOnlyList<OrderKey> Order { get; init; } = [];
    public int? Limit { get; init; }
    public int Offset { get; init; }
}

/// <summary>A field, reached over relationships.</summary>
internal sealed record FieldPath(IReadOnlyList<string> Parts, int Position)
{
    public string Text => string.Join('.', Parts);
}

internal abstract record SelectItem
{
    /// <summary>A field, or a parent's.</summary>
    internal sealed record Column(FieldPath Path) : SelectItem;

    /// <summary>The rows of a child relationship.</summary>
    internal sealed record ChildRows(ParsedQuery Query) : SelectItem;
}

internal sealed record OrderKey(FieldPath Path, bool IsDescending, bool NullsLast);

/// <summary>A constant of a condition; words are true, false, null and date literals.</summary>
internal sealed record ParsedConstant(TokenKind Kind, string Text, int Position);

internal abstract record ParsedCondition
{
    internal sealed record AllOf(IReadOnlyList<ParsedCondition> Parts) : ParsedCondition;

    internal sealed record AnyOf(IReadOnlyList<ParsedCondition> Parts) : ParsedCondition;

    internal sealed record Negated(ParsedCondition Inner) : ParsedCondition;

    /// <summary>The sign is =, !=, &lt;, &lt;=, &gt;, &gt;= or LIKE.</summary>
    internal sealed record Comparing(FieldPath Path, string Sign, ParsedConstant Value) : ParsedCondition;

    internal sealed record InList(FieldPath Path, bool IsNegated, IReadOnlyList<ParsedConstant> Values) : ParsedCondition;

    internal sealed record InRows(FieldPath Path, bool IsNegated, ParsedQuery Query) : ParsedCondition;
}
