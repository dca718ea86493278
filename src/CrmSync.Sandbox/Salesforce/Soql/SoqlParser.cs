namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>
/// Reads the part of SOQL that clients of this sandbox need: fields and parents' fields, child rows, COUNT(), conditions with brackets, IN with a list or a
/// query, LIKE, several sort keys, LIMIT and OFFSET.
/// </summary>
internal sealed class SoqlParser
{
    private readonly SoqlCursor cursor;

    private SoqlParser(string text) => cursor = new SoqlCursor(text);

    public static ParsedQuery Parse(string text)
    {
        var parser = new SoqlParser(text);
        var query = parser.Query();
        return parser.cursor.Next.Kind == TokenKind.End ? query : throw parser.cursor.Unexpected();
    }

    private ParsedQuery Query()
    {
        cursor.Expect("SELECT");
        var isCount = cursor.AcceptCall("COUNT");
        var select = isCount ? [] : cursor.List(Item);
        cursor.Expect("FROM");
        var from = cursor.Name();
        var where = cursor.Accept("WHERE") ? new ConditionParser(cursor, Query).Read() : null;
        List<OrderKey> order = [];
        if (cursor.Accept("ORDER"))
        {
            cursor.Expect("BY");
            order = cursor.List(Key);
        }

        return new ParsedQuery
        {
            Select = select,
            IsCount = isCount,
            From = from.Text,
            FromPosition = from.Position,
            Where = where,
            Order = order,
            Limit = cursor.Accept("LIMIT") ? cursor.Whole() : null,
            Offset = cursor.Accept("OFFSET") ? cursor.Whole() : 0,
        };
    }

    private SelectItem Item()
    {
        if (!cursor.Accept("("))
        {
            return new SelectItem.Column(cursor.Path());
        }

        var children = Query();
        cursor.Expect(")");
        return new SelectItem.ChildRows(children);
    }

    private OrderKey Key()
    {
        var path = cursor.Path();
        var isDescending = cursor.Accept("DESC");
        if (!isDescending)
        {
            cursor.Accept("ASC");
        }

        // Empty values come first when ascending and last when descending, unless the query says otherwise.
        var nullsLast = isDescending;
        if (cursor.Accept("NULLS"))
        {
            nullsLast = cursor.Accept("LAST");
            if (!nullsLast)
            {
                cursor.Expect("FIRST");
            }
        }

        return new OrderKey(path, isDescending, nullsLast);
    }
}
