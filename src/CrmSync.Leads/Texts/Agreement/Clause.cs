namespace CrmSync.Leads.Texts.Agreement;

/// <summary>A sentence without its full stop, and the sentences it introduces.</summary>
public sealed record Clause(string Text, IReadOnlyList<Clause> Parts)
{
    public Clause(string text) : this(text, [])
    {
    }
}
