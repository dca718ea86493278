namespace CrmSync.Leads.Texts.Agreement;

/// <summary>A sentence without its full stop, and the sentences it introduces.</summary>
public sealed record Statement(string Text, IReadOnlyList<Statement> Parts)
{
    public Statement(string text) : this(text, [])
    {
    }
}
