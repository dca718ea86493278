using System.Globalization;
using System.Runtime.CompilerServices;

namespace CrmSync.Tests.Calendars;

/// <summary>Holidays as public lists have them, years 2020 to 2030: typed in, not computed.</summary>
internal static class PublicLists
{
    public const int First = 2020;
    public const int Last = 2030;

    public static IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> ByCountry { get; } = Read(Path.Combine(Here(), "Files", "holidays.txt"));

    private static Dictionary<string, IReadOnlySet<DateOnly>> Read(string path) => File.ReadAllLines(path)
        .Where(line => !line.StartsWith('#')).Select(line => line.Split(' '))
        .GroupBy(words => words[0])
        .ToDictionary(country => country.Key, IReadOnlySet<DateOnly> (country) => country.SelectMany(words => words.Skip(2).Select(day => Date(words[1], day))).ToHashSet());

    private static DateOnly Date(string year, string day) => DateOnly.ParseExact($"{year}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
