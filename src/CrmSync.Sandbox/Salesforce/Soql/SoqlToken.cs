namespace CrmSync.Sandbox.Salesforce.Soql;

internal enum TokenKind
{
    /// <summary>A name or keyword, dots included.</summary>
    Word,

    /// <summary>A quoted string, already without its escapes.</summary>
    Text,

    /// <summary>A number, date or date-time.</summary>
    Number,

    /// <summary>A bracket, comma or comparison.</summary>
    Sign,
    End,
}

/// <summary>One word of a query and where it stands, counted from 0.</summary>
internal readonly record struct SoqlToken(TokenKind Kind, string Text, int Position)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Sign && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
