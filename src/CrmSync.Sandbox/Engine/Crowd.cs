using System.Globalization;

namespace CrmSync.Sandbox.Engine;

/// <summary>A made-up company. The trade and everything else that is a number picks from the dialect's own words.</summary>
internal readonly record struct CrowdCompany(string Name, string Domain, string Country, int Trade, string Employees);

/// <summary>A made-up person. All texts but the address are shared between people, so that a million of them fit into memory.</summary>
internal readonly record struct CrowdPerson(string First, string Last, string Email, string Title, string PageViews, string Clicks, int LastDay, int Stage);

/// <summary>Plausible people and companies by the number of the draw, the same in every CRM.</summary>
internal static class Crowd
{
    /// <summary>How many people work at each company.</summary>
    public const int CompanySize = 5;

    /// <summary>How many trades and stages a dialect names, and how many days back people were last seen.</summary>
    public const int Trades = 8;
    public const int Stages = 8;
    public const int Days = 64;

    private static readonly string[] FirstNames =
    [
        "Anna", "Bo", "Clara", "David", "Emma", "Frederik", "Grete", "Hans", "Ida", "Jonas", "Karen", "Lars", "Mette", "Niels", "Oda", "Per",
    ];

    private static readonly string[] LastNames =
    [
        "Andersen", "Berg", "Christensen", "Dahl", "Eriksen", "Friis", "Gram", "Holm", "Iversen", "Jensen", "Krogh", "Lund", "Møller", "Nielsen",
        "Olsen", "Skov",
    ];

    private static readonly string[] Titles =
    [
        "Production manager", "Head of operations", "Owner", "Software developer", "Marketing manager", "Student", "CFO", "Buyer", "Director",
        "Consultant",
    ];

    private static readonly string[] Countries = ["Denmark", "Sweden", "Norway", "Germany", "Finland", "France", "United States", "Iceland"];
    private static readonly string[] Numbers = [.. Enumerable.Range(0, 64).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public static ulong Roll(int seed, int number) => KeyedRandom.Mix(((ulong)(uint)seed << 32) ^ (uint)number);

    public static CrowdCompany Company(ulong draw, int number) =>
        new($"Company {number}", $"company{number}.example", Pick(Countries, draw, 4), Pick(Trades, draw, 8), Numbers[1 + (int)((draw >> 12) % 63)] + "0");

    public static CrowdPerson Person(ulong draw, int number, string domain)
    {
        var first = Pick(FirstNames, draw, 16);
        return new CrowdPerson(
            first, Pick(LastNames, draw, 40), $"{first.ToLowerInvariant()}{number}@{domain}", Pick(Titles, draw, 36), Pick(Numbers, draw, 26),
            Numbers[(int)((draw >> 32) % 6)], Pick(Days, draw, 20), Pick(Stages, draw, 44));
    }

    private static string Pick(string[] choices, ulong draw, int shift) => choices[Pick(choices.Length, draw, shift)];

    private static int Pick(int choices, ulong draw, int shift) => (int)((draw >> shift) % (ulong)choices);
}
