using System.Globalization;
using CrmSync.Leads.Aliases;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.Cases;
using CrmSync.Worker.Rules.Review;

namespace CrmSync.Worker.Rules.Samples;

/// <summary>A company's first rule set and its cases: the sample's own lines, with the answers where they belong.</summary>
internal sealed record FirstRules(string RulesText, string CasesText)
{
    // Whoever sells to all of these takes the last, which no table knows.
    private static readonly string[] FarCountries = ["US", "CN", "AU", "IN", "CA", "PT"];
    private static readonly string[] FarIndustries = ["agriculture", "hospitality", "real-estate", "marketing", "retail", "transport"];
    private const string NoCountry = "Atlantis";
    private const string NoIndustry = "lighthouse keeping";

    /// <param name="today">The day from which the rules hold.</param>
    internal static FirstRules Write(FirstAnswers answers, DateOnly today)
    {
        var slots = Rules(answers, today).Concat(Cases(answers)).ToDictionary(StringComparer.Ordinal);
        return new(SlotText.Fill(answers.Sample.RulesText, slots), SlotText.Fill(answers.Sample.CasesText, slots));
    }

    /// <summary>Reads and tests what was written, as `rules lint` and `rules test` will: notes are left out.</summary>
    internal FirstCheck Check(string rulesFile, string casesFile, DateOnly today)
    {
        var read = RuleFile.Parse(RulesText, rulesFile);
        IReadOnlyList<RuleFileProblem> problems = [.. RuleReview.Of(rulesFile, read, today).Where(problem => problem.Severity != ProblemSeverity.Note)];
        if (read.RuleSet is not { } rules)
            return new(null, problems, []);
        var judge = new CaseJudge(rules);
        return new(rules, problems, [.. (CaseFile.Parse(CasesText, casesFile, rules).Cases ?? []).Select(judge.Judge)]);
    }

    private static Dictionary<string, string> Rules(FirstAnswers answers, DateOnly today) => new()
    {
        ["effective"] = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["mql-from"] = answers.MqlFrom,
        ["industries"] = List(answers.Industries.Select(entry => entry.Key)),
        ["countries"] = List(answers.Countries.Select(entry => entry.Key)),
        ["employees"] = List([Number(answers.FewestEmployees), Number(answers.MostEmployees)]),
        ["sql"] = SqlGate(answers),
    };

    private static Dictionary<string, string> Cases(FirstAnswers answers) => new()
    {
        ["industry-inside"] = answers.Industries[0].Key,
        ["industry-inside-da"] = Danish(answers.IndustryNames, answers.Industries[0]),
        ["industry-outside"] = FarIndustries.FirstOrDefault(far => answers.Industries.All(entry => entry.Key != far)) ?? NoIndustry,
        ["country-inside"] = answers.Countries[0].English,
        ["country-inside-da"] = Danish(answers.CountryNames, answers.Countries[0]),
        ["country-outside"] = answers.CountryNames.Entries.FirstOrDefault(
            far => FarCountries.Contains(far.Key) && answers.Countries.All(entry => entry.Key != far.Key))?.English ?? NoCountry,
        ["employees-inside"] = Number(Inside(answers)),
        ["employees-least"] = Number(answers.FewestEmployees),
        ["employees-below"] = Number(answers.FewestEmployees - 1),
        ["employees-most"] = Number(answers.MostEmployees),
        ["employees-above"] = Number(answers.MostEmployees + 1),
        ["sql-need-only"] = answers.SqlMeans switch { SqlMeaning.Need => "pass", SqlMeaning.Meeting => "noPass", _ => "notEnoughData" },
        ["sql-meeting-only"] = answers.SqlMeans == SqlMeaning.Meeting ? "pass" : "notEnoughData",
    };

    private static string SqlGate(FirstAnswers answers)
    {
        var bant = List(answers.Sample.Rules.Criteria.Where(criterion => criterion.Group == CriterionGroup.Bant).Select(criterion => criterion.Id));
        return answers.SqlMeans switch
        {
            SqlMeaning.Need => $"{{ met: [need], noneNotMet: {bant} }}",
            SqlMeaning.Meeting => $"{{ met: [meeting], noneNotMet: {bant} }}",
            _ => $"{{ met: [need], atLeastOf: {{ count: 2, of: {bant} }}, noneNotMet: {bant} }}",
        };
    }

    // The sample's own number where it still fits: a case tells more with a number that somebody chose.
    private static int Inside(FirstAnswers answers)
    {
        var usual = int.Parse(SlotText.Value(answers.Sample.CasesText, "employees-inside"), CultureInfo.InvariantCulture);
        return usual >= answers.FewestEmployees && usual <= answers.MostEmployees
            ? usual
            : answers.FewestEmployees + (answers.MostEmployees - answers.FewestEmployees) / 2;
    }

    // A name that another entry took over would stand for that one.
    private static string Danish(AliasTable names, AliasEntry entry) => names.Find(entry.Danish)?.Key == entry.Key ? entry.Danish : entry.Key;

    private static string List(IEnumerable<string> words) => $"[{string.Join(", ", words.Select(Quoted))}]";

    // Norway is a country to us, but "no" to most editors.
    private static string Quoted(string word) => word == "NO" ? "\"NO\"" : word;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What `rules lint` and `rules test` say of a first rule set.</summary>
internal sealed record FirstCheck(RuleSet? Rules, IReadOnlyList<RuleFileProblem> Problems, IReadOnlyList<CaseOutcome> Cases)
{
    /// <summary>Nothing to correct, and every case as expected.</summary>
    internal bool IsSound => Rules is not null && Problems.All(problem => problem.Severity != ProblemSeverity.Error) && Cases.Count > 0 && Cases.All(outcome => outcome.Passed);
}
