using System.Collections.Frozen;
using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A text, or any of several choices, that is one of the values or an alias of one.</summary>
public sealed class TextIn : FactCondition
{
    private readonly FrozenSet<string> _all;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    /// <summary><paramref name="plainNames"/>: every accepted name in the form of <see cref="PlainText"/>.</summary>
    public TextIn(IReadOnlyList<int> slots, IEnumerable<string> plainNames) : base(slots)
    {
        _all = plainNames.ToFrozenSet(StringComparer.Ordinal);
        _names = _all.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>As the rule file writes them, without their aliases.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The facts are texts: none has two values at once.</summary>
    public bool OfOneValue { get; init; }

    // Of several choices, those of two lists may hold at once.
    internal override PossibleValues? Possible(bool met) => OfOneValue
        ? base.Possible(met)
        : PossibleValues.Of($"{Subject} in {string.Join('\n', _all.Order(StringComparer.Ordinal))}", ValueSet.Of(Stretch.At(met ? 1 : 0)));

    private protected override ValueSet Where(bool met) => ValueSet.Named(_all, allBut: !met);

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
