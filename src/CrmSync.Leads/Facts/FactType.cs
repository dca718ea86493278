namespace CrmSync.Leads.Facts;

/// <summary>What kind of value a fact holds.</summary>
public enum FactType
{
    Text,
    Number,
    Flag,
    Instant,

    /// <summary>Several texts at once, as a multi-select gives them.</summary>
    Choices,

    /// <summary>One of the four BANT answers. Unknown is the absence of a value.</summary>
    Bant,

    /// <summary>What a person did: kind, count and instants.</summary>
    Engagement,
}
