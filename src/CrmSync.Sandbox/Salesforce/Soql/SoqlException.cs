namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>A query that is refused, with Salesforce's code for the reason.</summary>
internal sealed class SoqlException(string code, string message) : Exception(message)
{
    public SoqlException() : this("MALFORMED_QUERY", "")
    {
    }

    public SoqlException(string message) : this("MALFORMED_QUERY", message)
    {
    }

    public SoqlException(string message, Exception innerException) : this("MALFORMED_QUERY", message + innerException?.Message)
    {
    }

    public string Code => code;

    /// <summary>Shows the line up to and from the place, with a caret under it.</summary>
    public static SoqlException At(string code, string text, int position, string what)
    {
        var before = text.LastIndexOf('\n', Math.Max(0, Math.Min(position, text.Length) - 1)) + 1;
        var after = text.IndexOf('\n', Math.Min(position, text.Length));
        var line = text[before..(after < 0 ? text.Length : after)];
        var row = text.AsSpan(0, before).Count('\n') + 1;
        var column = position - before;
        return new SoqlException(code, $"\n{line}\n{new string(' ', column)}^\nERROR at Row:{row}:Column:{column + 1}\n{what}");
    }
}
