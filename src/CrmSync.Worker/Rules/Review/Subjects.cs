using System.Globalization;
using System.Numerics;
using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>Sorts the tests of a file by what they ask about and cuts each subject's values into regions.</summary>
internal sealed class Subjects
{
    private readonly Dictionary<SourceTest, Subject> _byTest = new(ReferenceEqualityComparer.Instance);
    private readonly AliasBook _aliases;

    internal Subjects(IEnumerable<SourceCondition> conditions, AliasBook aliases)
    {
        _aliases = aliases;
        foreach (var subject in conditions.SelectMany(Tests).GroupBy(Key, StringComparer.Ordinal))
            Cut(new Subject(subject.First().Facts.Count == 0 ? "the cool-off" : subject.First().FactName), [.. subject]);
    }

    internal Subject Of(SourceTest test) => _byTest[test];

    internal static IEnumerable<SourceTest> Tests(SourceCondition condition) => condition switch
    {
        SourceGroup group => group.Parts.SelectMany(Tests),
        SourceNot not => Tests(not.Part),
        _ => [(SourceTest)condition],
    };

    /// <summary>A value as aliases see it: the key of its entry, or its own plain form.</summary>
    internal static string Canonical(AliasBook aliases, FactDefinition fact, string value) =>
        aliases.For(fact.Name).Find(value)?.Key ?? PlainText.Of(value);

    // Texts that are only contained, and choices of which several hold at once, say nothing of each other.
    private string Key(SourceTest test)
    {
        var facts = string.Join('\n', test.Facts.Select(fact => fact.Name));
        if (IsText(test) && test.Op != "exists" && (test.Op == "contains" || test.Type == FactType.Choices || !NamedAlike(test)))
            return $"{facts}\n{test.Op}\n{string.Join('\n', test.Values.Select(value => Canonical(_aliases, test.Facts[0], value.Value)).Distinct().Order(StringComparer.Ordinal))}";
        return test.Type == FactType.Engagement ? $"{facts}\n{test.Within}" : test.Facts.Count == 0 ? test.Op : facts;
    }

    private static bool IsText(SourceTest test) => test.Type is FactType.Text or FactType.Choices;

    private bool NamedAlike(SourceTest test) => test.Facts.Skip(1).All(fact =>
        test.Values.All(value => Canonical(_aliases, fact, value.Value) == Canonical(_aliases, test.Facts[0], value.Value)));

    private void Cut(Subject subject, List<SourceTest> tests)
    {
        foreach (var test in tests)
            _byTest[test] = subject;
        var first = tests[0];
        if (first.Op == "inCoolOff")
            Each(subject.WithRegions(1), tests, _ => 2, decided: true);
        else if (first.Type is FactType.Number or FactType.Instant or FactType.Engagement)
            CutAxis(subject, tests);
        else if (first.Type is FactType.Flag or FactType.Bant)
            Each(subject.WithRegions(2), tests, test => test.Values is [{ Value: "true" or "met" }] ? 2 : 4);
        else
            CutTexts(subject, tests);
    }

    private void CutTexts(Subject subject, List<SourceTest> tests)
    {
        if (tests.Find(test => test.Op is "contains" || (test.Type == FactType.Choices && test.Op != "exists")) is not null || !tests.TrueForAll(NamedAlike))
        {
            Each(subject.WithRegions(2), tests, _ => 2);
            return;
        }
        var names = tests.SelectMany(test => test.Values).Select(value => Canonical(_aliases, tests[0].Facts[0], value.Value)).Distinct(StringComparer.Ordinal)
            .Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i + 2, StringComparer.Ordinal);
        Each(subject.WithRegions(names.Count + 1), tests, test => Bits(test.Values.Select(value => names[Canonical(_aliases, test.Facts[0], value.Value)])));
    }

    private static void CutAxis(Subject subject, List<SourceTest> tests)
    {
        var spans = tests.ToDictionary(test => test, AxisSpan.Of, ReferenceEqualityComparer.Instance as IEqualityComparer<SourceTest>);
        var points = spans.Values.SelectMany(span => span.Ends).Distinct().Order().ToList();
        // Region 2i + 2 is point i; odd ones lie below, between and above the points.
        if (tests[0] is { Type: FactType.Engagement, Within: { } window })
            subject.Counts(string.Join('\n', tests[0].Facts.Select(fact => fact.Name)), window, points);
        Each(subject.WithRegions(2 * points.Count + 1), tests, test => Bits(Enumerable.Range(1, 2 * points.Count + 1).Where(region => spans[test].Holds(points, region))));
    }

    private static void Each(Subject subject, List<SourceTest> tests, Func<SourceTest, BigInteger> met, bool decided = false)
    {
        foreach (var test in tests)
            if (decided || test.Op == "exists")
                subject.AddDecided(test, decided ? met(test) : subject.Whole - 1);
            else
                subject.Add(test, met(test));
    }

    private static BigInteger Bits(IEnumerable<int> bits)
    {
        var bytes = new List<byte>();
        foreach (var bit in bits)
        {
            while (bytes.Count <= bit / 8 + 1)
                bytes.Add(0);
            bytes[bit / 8] |= (byte)(1 << (bit % 8));
        }
        return new BigInteger([.. bytes]);
    }
}
