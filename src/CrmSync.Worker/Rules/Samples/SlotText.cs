namespace CrmSync.Worker.Rules.Samples;

/// <summary>
/// The lines of a sample that hold an answer end in <c>#= slot</c>: to YAML a comment, so that the sample is a file of its own
/// right; to us the mark of the value before it.
/// </summary>
internal static class SlotText
{
    private const string Mark = " #= ";
    private const string Colon = ": ";

    /// <summary>The text with the values of the slots given; others keep theirs. No mark is left.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        string.Join('\n', text.Split('\n').Select(line => Slot(line) is { } slot ? Written(line, values.GetValueOrDefault(slot)) : line));

    /// <summary>The value that a slot holds, as written.</summary>
    /// <exception cref="InvalidOperationException">The text has no such slot.</exception>
    internal static string Value(string text, string slot) =>
        text.Split('\n').FirstOrDefault(line => Slot(line) == slot) is { } found
            ? Unmarked(found)[Start(found)..]
            : throw new InvalidOperationException($"There is no slot '{slot}'.");

    /// <summary>Every slot of a text.</summary>
    internal static IEnumerable<string> Slots(string text) => text.Split('\n').Select(Slot).OfType<string>();

    private static string? Slot(string line) =>
        line.LastIndexOf(Mark, StringComparison.Ordinal) is > 0 and var at ? line[(at + Mark.Length)..].Trim() : null;

    private static string Written(string line, string? value) => value is null ? Unmarked(line) : line[..Start(line)] + value;

    private static string Unmarked(string line) => line[..line.LastIndexOf(Mark, StringComparison.Ordinal)].TrimEnd();

    private static int Start(string line) => line.IndexOf(Colon, StringComparison.Ordinal) + Colon.Length;
}
