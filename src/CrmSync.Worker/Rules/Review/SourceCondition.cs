using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>A condition as it was written, before it is compiled, so that a review can point at it and quote it.</summary>
internal abstract record SourceCondition(YamlNode At);

/// <summary>At least <paramref name="Needed"/> of the parts: all, any, or several.</summary>
internal sealed record SourceGroup(YamlNode At, int Needed, IReadOnlyList<SourceCondition> Parts) : SourceCondition(At);

/// <summary>The opposite of its part.</summary>
internal sealed record SourceNot(YamlNode At, SourceCondition Part) : SourceCondition(At);

/// <summary>One test. <paramref name="Facts"/> stand in for each other in this order and have one type; none for a cool-off.</summary>
internal sealed record SourceTest(YamlNode At, string Op, IReadOnlyList<FactDefinition> Facts, IReadOnlyList<YamlText> Values, TimeSpan? Within)
    : SourceCondition(At)
{
    internal FactType? Type => Facts.Count == 0 ? null : Facts[0].Type;

    internal string FactName => string.Join(" or ", Facts.Select(fact => fact.Name));

    /// <summary>The test as words: "company.employees atLeast 100".</summary>
    internal string Words
    {
        get
        {
            var values = Values.Count > 4 ? $"{string.Join(", ", Values.Take(4).Select(value => value.Value))}, ..." : string.Join(", ", Values.Select(value => value.Value));
            var within = Within is { } span ? span.Ticks % TimeSpan.TicksPerDay == 0 ? $" within {span.Days}d" : $" within {(int)span.TotalHours}h" : "";
            return $"{FactName} {Op}{(values.Length > 0 ? " " : "")}{values}{within}".Trim();
        }
    }
}
