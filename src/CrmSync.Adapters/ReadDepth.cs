namespace CrmSync.Adapters;

/// <summary>How much of a lead to read.</summary>
public enum ReadDepth
{
    /// <summary>Stage, marker, what people answer and ask for, and whether it is archived: what a write is guarded by.</summary>
    Guard,

    /// <summary>As <see cref="Guard"/>, with the history of the stage where the CRM keeps one.</summary>
    GuardHistory,

    /// <summary>All facts and hand-over fields.</summary>
    Facts,

    /// <summary>All facts, and the history of stage, answer and forms where the CRM keeps one.</summary>
    History,
}

/// <summary>What a depth includes.</summary>
public static class ReadDepths
{
    /// <summary>Facts are read.</summary>
    public static bool HasFacts(this ReadDepth depth) => depth is ReadDepth.Facts or ReadDepth.History;

    /// <summary>History is read, which CRMs answer in smaller batches.</summary>
    public static bool HasHistory(this ReadDepth depth) => depth is ReadDepth.GuardHistory or ReadDepth.History;
}
