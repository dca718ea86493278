namespace CrmSync.Adapters.Salesforce.PubSub;

/// <summary>
/// What happened to which records. Of the fields only their names are taken: a hint says where to look, not what is there.
/// </summary>
/// <param name="Kind"><c>CREATE</c>, <c>UPDATE</c>, ... <c>GAP_OVERFLOW</c>.</param>
/// <param name="Sequence">The event's place in its transaction; with that the same each time that the event is delivered.</param>
/// <param name="Changed">Names of the fields that an update changed; null where that is not told, or not in a way that can be read.</param>
internal sealed record ChangeHeader(
    string Entity, IReadOnlyList<string> Ids, string Kind, string Transaction, long Sequence, string User, IReadOnlyList<string>? Changed)
{
    private const string Header = "ChangeEventHeader";
    private const string Gap = "GAP_";
    private const string Overflow = Gap + "OVERFLOW";
    private const char AnyId = '*';

    /// <summary>It does not say which records: too many changed at once, or all of a kind did.</summary>
    public bool IsBlind => Kind == Overflow || Ids.Count == 0 || Ids.Any(id => id.Contains(AnyId, StringComparison.Ordinal));

    /// <summary>An update that tells what it changed.</summary>
    public bool IsUpdate => Kind == "UPDATE" && Changed is { Count: > 0 };

    /// <param name="schema">The one that the event was written with.</param>
    /// <exception cref="InvalidDataException">It is no change event that can be understood.</exception>
    public static ChangeHeader Read(AvroType schema, ReadOnlySpan<byte> payload)
    {
        var reader = new AvroReader(payload);
        foreach (var (name, type) in schema.Fields)
        {
            if (reader.Read(type) is Dictionary<string, object?> header && name == Header)
                return Of(header, schema);
        }
        throw new InvalidDataException("The event has no header.");
    }

    private static ChangeHeader Of(Dictionary<string, object?> header, AvroType schema) => new(
        Text(header, "entityName"), Texts(header, "recordIds"), Text(header, "changeType"), Text(header, "transactionKey"),
        header.GetValueOrDefault("sequenceNumber") is long number ? number : 0, Text(header, "commitUser"), ChangedFields.Names(schema, Texts(header, "changedFields")));

    private static string Text(Dictionary<string, object?> header, string name) => header.GetValueOrDefault(name) as string ?? "";

    private static IReadOnlyList<string> Texts(Dictionary<string, object?> header, string name) =>
        header.GetValueOrDefault(name) is List<object?> items ? [.. items.OfType<string>()] : [];
}
