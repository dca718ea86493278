using System.Buffers;
using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A text that contains one of some words or phrases, whole; a star at an end stands for the rest of a word.</summary>
public sealed class ContainsWord : FactCondition
{
    private readonly SearchValues<string> _needles;

    public ContainsWord(IReadOnlyList<int> slots, IEnumerable<string> words) : base(slots)
    {
        Words = [.. words];
        _needles = SearchValues.Create(
            [.. Words.SelectMany(WordFamilies.Expand).Select(Needle).Where(needle => needle.Trim().Length > 0).Distinct(StringComparer.Ordinal)],
            StringComparison.Ordinal);
    }

    /// <summary>As the rule file writes them: words, and names of <see cref="WordFamilies"/>.</summary>
    public IReadOnlyList<string> Words { get; }

    protected override bool Holds(in FactValue value, in LeadContext context)
    {
        if (value.Type == FactType.Text)
            return Contains(value.Text);
        var choices = value.Choices;
        for (var i = 0; i < choices.Count; i++)
            if (Contains(choices[i]))
                return true;
        return false;
    }

    // Words are contained whatever else is: of each list it is known alone whether it is met.
    internal override PossibleValues? Possible(bool met) => PossibleValues.Of($"{Subject} contains {string.Join('\n', Words)}", Where(met));

    private protected override ValueSet Where(bool met) => ValueSet.Of(Stretch.At(met ? 1 : 0));

    // The text stands between two spaces, so that a needle's own spaces are its word borders.
    private static string Needle(string word)
    {
        var (open, close) = (word.StartsWith('*') ? "" : " ", word.EndsWith('*') ? "" : " ");
        return open + PlainText.Of(word) + close;
    }

    private bool Contains(string text)
    {
        Span<char> padded = stackalloc char[PlainText.MaxLength + 2];
        padded[0] = ' ';
        var length = PlainText.Write(text, padded[1..]);
        padded[length + 1] = ' ';
        return padded[..(length + 2)].ContainsAny(_needles);
    }
}
