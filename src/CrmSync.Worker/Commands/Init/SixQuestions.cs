using System.Globalization;
using CrmSync.Worker.Rules.Samples;

namespace CrmSync.Worker.Commands.Init;

/// <summary>The six questions, in the order in which they are asked: the first decides what the others propose.</summary>
internal static class SixQuestions
{
    private const int MostEmployees = 10_000_000;

    private static readonly (string Word, string Meaning)[] MqlSources =
    [
        ("rules", "these rules alone"),
        ("crm", "your CRM alone: a person, list or workflow sets the stage"),
        ("both", "either of them"),
    ];

    private static readonly (string Word, string Meaning)[] SqlMeanings =
    [
        ("bant", "in dialogue sales has confirmed the need and one more of budget, decision-maker and timing"),
        ("need", "in dialogue sales has confirmed the need"),
        ("meeting", "a meeting is booked"),
    ];

    internal static IReadOnlyList<Question> All { get; } =
    [
        new("--sample", "sample", "What do you sell?", answers => answers.Sample.Name, (_, text) => Word(Sample.All, text, word => FirstAnswers.Of(Sample.Open(word))))
        {
            Choices = Sample.All,
        },
        new("--mql-from", "mqlFrom", "Who says that a lead is marketing-qualified (an MQL)?", answers => answers.MqlFrom,
            (answers, text) => Word(MqlSources, text, word => answers with { MqlFrom = word }))
        {
            Choices = MqlSources,
        },
        new("--sql-means", "sqlMeans", "What makes a lead that sales has accepted sales-qualified (an SQL)?",
            answers => SqlMeanings[(int)answers.SqlMeans].Word,
            (answers, text) => Word(SqlMeanings, text, word => answers with { SqlMeans = Enum.Parse<SqlMeaning>(word, ignoreCase: true) }))
        {
            Choices = SqlMeanings,
        },
        new("--industries", "industries", "Which industries do you sell to?", answers => string.Join(", ", answers.Industries.Select(entry => entry.Key)),
            (answers, text) => NameList.Read(text, answers.IndustryNames, "industry", names => answers with { Industries = names }))
        {
            Hint = "Names in Danish or English, a comma between them.",
        },
        new("--countries", "countries", "Which countries do you sell to?", answers => string.Join(", ", answers.Countries.Select(entry => entry.Key)),
            (answers, text) => NameList.Read(text, answers.CountryNames, "country", names => answers with { Countries = names }))
        {
            Hint = "Codes or names, a comma between them.",
        },
        new("--employees", "employees", "How large are the companies that fit, in employees?",
            answers => string.Create(CultureInfo.InvariantCulture, $"{answers.FewestEmployees}-{answers.MostEmployees}"), Employees)
        {
            Form = "FROM-TO",
            Hint = "From and to, both included.",
        },
    ];

    private static Taken Word(IReadOnlyList<(string Word, string Meaning)> choices, string text, Func<string, FirstAnswers> take)
    {
        var word = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= choices.Count
            ? choices[number - 1].Word
            : choices.FirstOrDefault(choice => choice.Word.Equals(text, StringComparison.OrdinalIgnoreCase)).Word;
        return word is null
            ? new(null, $"'{NameList.Short(text)}' is none of the answers.", $"Write {string.Join(", ", choices.SkipLast(1).Select(choice => choice.Word))} or {choices[^1].Word}.")
            : new(take(word));
    }

    private static Taken Employees(FirstAnswers answers, string text)
    {
        var ends = text.Replace(" to ", "-", StringComparison.OrdinalIgnoreCase).Split(['-', '–'], StringSplitOptions.TrimEntries);
        if (ends is not [var from, var to] || Number(from) is not { } fewest || Number(to) is not { } most)
            return new(null, $"'{NameList.Short(text)}' is no range.", "Write two whole numbers, as in 20-1000; a large second one stands for no upper end.");
        return fewest <= most
            ? new(answers with { FewestEmployees = fewest, MostEmployees = most })
            : new(null, $"{fewest} is more than {most}.", "Write the lesser number first.");
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostEmployees ? number : null;
}
