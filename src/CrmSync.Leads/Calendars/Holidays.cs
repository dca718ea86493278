using static CrmSync.Leads.Calendars.HolidayKind;

namespace CrmSync.Leads.Calendars;

/// <summary>
/// The national holidays of the countries that the product knows, as the law stood from 2005 on. Days of single states,
/// cantons or towns are not among them: write those as dates.
/// </summary>
public static class Holidays
{
    private static readonly Holiday
        NewYear = new("new-year", Public, new FixedDate(1, 1)),
        Epiphany = new("epiphany", Public, new FixedDate(1, 6)),
        MaundyThursday = new("maundy-thursday", Public, new AfterEaster(-3)),
        GoodFriday = new("good-friday", Public, new AfterEaster(-2)),
        EasterSunday = new("easter-sunday", Public, new AfterEaster(0)),
        EasterMonday = new("easter-monday", Public, new AfterEaster(1)),
        LabourDay = new("labour-day", Public, new FixedDate(5, 1)),
        Ascension = new("ascension", Public, new AfterEaster(39)),
        WhitSunday = new("whit-sunday", Public, new AfterEaster(49)),
        WhitMonday = new("whit-monday", Public, new AfterEaster(50)),
        Midsummer = new("midsummer", Public, new WeekdayFrom(DayOfWeek.Saturday, 6, 20)),
        AllSaints = new("all-saints", Public, new WeekdayFrom(DayOfWeek.Saturday, 10, 31)),
        Christmas = new("christmas", Public, new FixedDate(12, 25)),
        SecondChristmas = new("second-christmas", Public, new FixedDate(12, 26)),
        MidsummerEve = new("midsummer-eve", Customary, new WeekdayFrom(DayOfWeek.Friday, 6, 19)),
        ChristmasEve = new("christmas-eve", Customary, new FixedDate(12, 24)),
        NewYearsEve = new("new-years-eve", Customary, new FixedDate(12, 31));

    /// <summary>By country code (ISO 3166, two upper-case letters).</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Holiday>> ByCountry { get; } = new Dictionary<string, IReadOnlyList<Holiday>>
    {
        ["DK"] =
        [
            NewYear, MaundyThursday, GoodFriday, EasterSunday, EasterMonday,
            // Store bededag; a working day again from 2024.
            new("prayer-day", Public, new AfterEaster(26)) { Until = 2023 },
            Ascension, WhitSunday, WhitMonday, Christmas, SecondChristmas,
            // Labour agreements close much of industry on 1 May and most offices on 5 June; banks close on the day after Ascension.
            LabourDay with { Kind = Customary }, new("ascension-friday", Customary, new AfterEaster(40)),
            new("constitution-day", Customary, new FixedDate(6, 5)), ChristmasEve, NewYearsEve,
        ],
        ["SE"] =
        [
            NewYear, Epiphany, GoodFriday, EasterSunday, EasterMonday, LabourDay, Ascension, WhitSunday,
            new("national-day", Public, new FixedDate(6, 6)), Midsummer, AllSaints, Christmas, SecondChristmas,
            MidsummerEve, ChristmasEve, NewYearsEve,
        ],
        ["NO"] =
        [
            NewYear, MaundyThursday, GoodFriday, EasterSunday, EasterMonday, LabourDay, new("constitution-day", Public, new FixedDate(5, 17)),
            Ascension, WhitSunday, WhitMonday, Christmas, SecondChristmas, ChristmasEve, NewYearsEve,
        ],
        ["FI"] =
        [
            NewYear, Epiphany, GoodFriday, EasterSunday, EasterMonday, LabourDay, Ascension, WhitSunday, Midsummer, AllSaints,
            new("independence-day", Public, new FixedDate(12, 6)), Christmas, SecondChristmas, MidsummerEve, ChristmasEve, NewYearsEve,
        ],
        ["IS"] =
        [
            NewYear, MaundyThursday, GoodFriday, EasterSunday, EasterMonday, new("first-day-of-summer", Public, new WeekdayFrom(DayOfWeek.Thursday, 4, 19)),
            LabourDay, Ascension, WhitSunday, WhitMonday, new("national-day", Public, new FixedDate(6, 17)),
            new("commerce-day", Public, new WeekdayFrom(DayOfWeek.Monday, 8, 1)), Christmas, SecondChristmas,
            // Holidays by law from noon or one o'clock on.
            ChristmasEve, NewYearsEve,
        ],
        ["DE"] =
        [
            NewYear, GoodFriday, EasterMonday, LabourDay, Ascension, WhitMonday, new("unity-day", Public, new FixedDate(10, 3)),
            // Five hundred years of the Reformation, once in all states.
            new("reformation-day", Public, new FixedDate(10, 31)) { From = 2017, Until = 2017 },
            Christmas, SecondChristmas, ChristmasEve, NewYearsEve,
        ],
    };
}
