using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Tests.Rules.Oracle;

/// <summary>Rule sets drawn at random: a few facts and kinds of act, asked in ways that overlap, exclude and nest.</summary>
internal sealed class DrawnRules(Random random, bool withPause)
{
    internal static readonly FactCatalogue Catalogue = RuleSamples.Shipped.Catalogue;
    internal static readonly int Employees = Catalogue.SlotOf(WellKnownFacts.CompanyEmployees);
    internal static readonly int Country = Catalogue.SlotOf(WellKnownFacts.CompanyCountry);
    internal static readonly int Industry = Catalogue.SlotOf(WellKnownFacts.CompanyIndustry);
    internal static readonly IReadOnlyList<string> Kinds = [EngagementKinds.PageView, EngagementKinds.WebinarAttended, EngagementKinds.EmailClick, EngagementKinds.HandRaise];
    internal static readonly IReadOnlyList<int> Acts = [.. Kinds.Select(kind => Catalogue.SlotOf(WellKnownFacts.EngagementPrefix + kind))];
    private static readonly int[] Days = [5, 10, 30];
    private static readonly string[] Names = ["a", "b", "c"];

    /// <summary>One policy, or with a pause sometimes another before it.</summary>
    internal RuleSet Draw()
    {
        var criteria = Enumerable.Range(0, random.Next(2, 9)).Select(Criterion).ToList();
        if (random.Next(2) == 0)
            criteria.Add(new("asked", CriterionGroup.Interest, Compose(Asked, 1), 40, new("t", "t")) { HandRaise = true });
        Criterion[] all = [.. criteria];
        var policy = new Policy { Id = Policy.OwnId, Criteria = all, Gates = new(Gate(all.Length, scored: true), Gate(all.Length, scored: false), Gate(all.Length, scored: false)) };
        return withPause && random.Next(3) == 0 ? Rulebook.Of(policy, Before(all)) : Rulebook.Of(policy);
    }

    private Policy Before(Criterion[] all) => new()
    {
        Id = "before", When = Compose(Anything), Criteria = [.. all.Take(Math.Max(1, all.Length - 2))], Gates = new(new() { Fit = random.Next(1, 30), Interest = random.Next(1, 30) }, new(), new()),
    };

    private Criterion Criterion(int i)
    {
        var group = random.Next(10) switch { < 4 => CriterionGroup.Fit, < 8 => CriterionGroup.Interest, 8 => CriterionGroup.Bant, _ => CriterionGroup.Blocker };
        var when = Compose(group switch { CriterionGroup.Fit => Value, CriterionGroup.Interest => Act, _ => Anything });
        var points = group is CriterionGroup.Fit or CriterionGroup.Interest ? random.Next(-8, 30) : 0;
        return new($"c{i}", group, when, points, new("t", "t"), group == CriterionGroup.Interest && random.Next(2) == 0 ? random.Next(2, 20) : null);
    }

    private Gate Gate(int criteria, bool scored)
    {
        int[] Some() => [.. Enumerable.Range(0, criteria).Where(_ => random.Next(6) == 0)];
        var of = Some();
        return new()
        {
            Fit = scored && random.Next(3) > 0 ? random.Next(1, 50) : null, Interest = scored && random.Next(3) > 0 ? random.Next(1, 50) : null, OrHandRaise = random.Next(2) == 0,
            Met = random.Next(3) == 0 ? Some() : [], NoneNotMet = random.Next(3) == 0 ? Some() : [], Of = of, AtLeast = of.Length == 0 ? 0 : random.Next(1, of.Length + 1),
            AnyKnown = random.Next(4) == 0 ? [Employees] : [],
        };
    }

    private Condition Compose(Func<Condition> one, int depth = 0)
    {
        Condition[] Parts() => [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Compose(one, depth + 1))];
        return (depth > 2 ? 0 : random.Next(8)) switch
        {
            5 => AtLeastOf.All(Parts()),
            6 => AtLeastOf.Any(Parts()),
            7 => random.Next(2) == 0 ? new Negation(Compose(one, depth + 1)) : new AtLeastOf(2, Parts()),
            _ => withPause && random.Next(8) == 0 ? new InCoolOff() : one(),
        };
    }

    private Condition Anything() => random.Next(2) == 0 ? Value() : Act();

    private CountWithin Asked() => new([Acts[3]], 1, TimeSpan.FromDays(14));

    private CountWithin Act() =>
        new(random.Next(5) == 0 ? [Acts[0], Acts[2]] : [Acts[random.Next(3)]], random.Next(1, 5), TimeSpan.FromDays(Days[random.Next(3)]));

    private FactCondition Value() => random.Next(5) switch
    {
        0 => new NumberBetween([Employees], random.Next(5), random.Next(5, 8)),
        1 => new MoreThan([Employees], random.Next(6)),
        2 => new TextIn([Country], [Names[random.Next(3)]]) { OfOneValue = true },
        3 => new TextIn([Industry], [Names[random.Next(3)]]) { OfOneValue = true },
        _ => new LessThan([Employees], random.Next(6)),
    };
}
