using System.Collections.Frozen;
using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A text, or any of several choices, that is one of the values or an alias of one.</summary>
public sealed class TextIn : FactCondition
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    /// <summary><paramref name="plainNames"/>: every accepted name in the form of <see cref="PlainText"/>.</summary>
    public TextIn(IReadOnlyList<int> slots, IEnumerable<string> plainNames) : base(slots) =>
        _names = plainNames.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>As the rule file writes them, without their aliases.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    protected override bool Holds(in FactValue value, in LeadContext context)
    {
        if (value.Type == FactType.Text)
            return Accepts(value.Text);
        var choices = value.Choices;
        for (var i = 0; i < choices.Count; i++)
            if (Accepts(choices[i]))
                return true;
        return false;
    }

    private bool Accepts(string text)
    {
        Span<char> plain = stackalloc char[PlainText.MaxLength];
        return _names.Contains(plain[..PlainText.Write(text, plain)]);
    }
}
