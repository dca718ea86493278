using System.Globalization;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>Goes through the words of a query, and says where one does not fit.</summary>
internal sealed class SoqlCursor(string text)
{
    private readonly List<SoqlToken> tokens = SoqlLexer.Read(text);
    private int next;

    public SoqlToken Next => tokens[next];

    /// <summary>Whether a function is called here that takes nothing.</summary>
    public bool AcceptCall(string name)
    {
        if (!Next.Is(name) || !tokens[next + 1].Is("("))
        {
            return false;
        }

        next += 2;
        Expect(")");
        return true;
    }

    public bool Accept(string word) => Next.Is(word) && Skip();

    public void Expect(string word)
    {
        if (!Accept(word))
        {
            throw Unexpected();
        }
    }

    public SoqlToken Take()
    {
        var token = Next;
        next++;
        return token;
    }

    public FieldPath Path()
    {
        var name = Name();
        return new FieldPath(name.Text.Split('.'), name.Position);
    }

    public SoqlToken Name()
    {
        var isWord = Next.Kind == TokenKind.Word && !Next.Is("FROM") && !Next.Is("WHERE") && !Next.Is("SELECT");
        return isWord && !Next.Text.Contains("..", StringComparison.Ordinal) && Next.Text[^1] != '.' ? Take() : throw Unexpected();
    }

    public int Whole() =>
        Next.Kind == TokenKind.Number && int.TryParse(Next.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Skip() ? number : throw Unexpected();

    public List<T> List<T>(Func<T> read)
    {
        var items = new List<T> { read() };
        while (Accept(","))
        {
            items.Add(read());
        }

        return items;
    }

    public SoqlException Unexpected() => SoqlException.At("MALFORMED_QUERY", text, Next.Position, $"unexpected token: '{Next.Text}'");

    private bool Skip()
    {
        next++;
        return true;
    }
}
