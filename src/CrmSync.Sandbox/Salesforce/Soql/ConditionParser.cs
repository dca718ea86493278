namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>Reads what follows WHERE. As in the original, AND and OR do not mix without brackets.</summary>
internal sealed class ConditionParser(SoqlCursor cursor, Func<ParsedQuery> inner)
{
    public ParsedCondition Read()
    {
        var first = Negation();
        foreach (var word in new[] { "AND", "OR" })
        {
            if (!cursor.Next.Is(word))
            {
                continue;
            }

            var parts = new List<ParsedCondition> { first };
            while (cursor.Accept(word))
            {
                parts.Add(Negation());
            }

            if (cursor.Next.Is("AND") || cursor.Next.Is("OR"))
            {
                throw cursor.Unexpected();
            }

            return word == "AND" ? new ParsedCondition.AllOf(parts) : new ParsedCondition.AnyOf(parts);
        }

        return first;
    }

    private ParsedCondition Negation()
    {
        if (cursor.Accept("NOT"))
        {
            return new ParsedCondition.Negated(Negation());
        }

        if (!cursor.Accept("("))
        {
            return Comparison();
        }

        var condition = Read();
        cursor.Expect(")");
        return condition;
    }

    private ParsedCondition Comparison()
    {
        var path = cursor.Path();
        if (cursor.Accept("NOT"))
        {
            cursor.Expect("IN");
            return Membership(path, true);
        }

        if (cursor.Accept("IN"))
        {
            return Membership(path, false);
        }

        var sign = cursor.Next;
        if (sign.Kind == TokenKind.Sign ? sign.Text is not ("=" or "!=" or "<>" or "<" or "<=" or ">" or ">=") : !sign.Is("LIKE"))
        {
            throw cursor.Unexpected();
        }

        cursor.Take();
        return new ParsedCondition.Comparing(path, sign.Text == "<>" ? "!=" : sign.Text.ToUpperInvariant(), Value());
    }

    private ParsedCondition Membership(FieldPath path, bool isNegated)
    {
        cursor.Expect("(");
        ParsedCondition condition = cursor.Next.Is("SELECT")
            ? new ParsedCondition.InRows(path, isNegated, inner())
            : new ParsedCondition.InList(path, isNegated, cursor.List(Value));
        cursor.Expect(")");
        return condition;
    }

    private ParsedConstant Value()
    {
        if (cursor.Next.Kind is not (TokenKind.Text or TokenKind.Number or TokenKind.Word))
        {
            throw cursor.Unexpected();
        }

        var token = cursor.Take();
        return new ParsedConstant(token.Kind, token.Text, token.Position);
    }
}
