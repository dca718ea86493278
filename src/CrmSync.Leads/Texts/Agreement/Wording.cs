using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>One language of the agreement. Each sentence is given in both at once, so that none can lack its twin.</summary>
internal sealed class Wording(string language)
{
    private readonly Phrases _phrases = TextLanguage.Of(language);

    internal string Language => _phrases.Language;

    /// <summary>How acts are spoken of in the texts on a record, or null for an unknown kind.</summary>
    internal ActWords? Act(string kind) => _phrases.Act(kind);

    internal string this[string danish, string english] => Language == "da" ? danish : english;

    internal string Or(IReadOnlyList<string> items) => Line.List(items, _phrases.Or);

    internal string And(IReadOnlyList<string> items) => Line.List(items, _phrases.And);

    internal string Date(DateOnly date) => _phrases.Date(date);

    /// <summary>"tirsdag 24.11.2026 kl. 10.15".</summary>
    internal string Moment(DateTimeOffset local) => _phrases.DueLong(local);

    internal string Time(TimeOnly time) => time.ToString(this["HH'.'mm", "HH':'mm"], CultureInfo.InvariantCulture);

    /// <summary>1.000,5 in Danish, 1,000.5 in English.</summary>
    internal string Number(decimal number)
    {
        var english = number.ToString("#,##0.####", CultureInfo.InvariantCulture);
        return this[english.Replace(',', ' ').Replace('.', ',').Replace(' ', '.'), english];
    }

    internal string Days(decimal days) => days == 1 ? this["1 dag", "1 day"] : $"{Number(days)} {this["dage", "days"]}";

    /// <summary>Whole days where they are whole, else hours.</summary>
    internal string Span(TimeSpan span)
    {
        if (span.Ticks % TimeSpan.TicksPerDay == 0)
            return Days(span.Days);
        var hours = (decimal)span.Ticks / TimeSpan.TicksPerHour;
        return hours == 1 ? this["1 time", "1 hour"] : $"{Number(hours)} {this["timer", "hours"]}";
    }

    internal string Working(WorkingTime time) => (time.Unit, time.Amount) switch
    {
        (WorkingTimeUnit.BusinessDays, 1) => this["1 arbejdsdag", "1 business day"],
        (WorkingTimeUnit.BusinessDays, var days) => $"{days} {this["arbejdsdage", "business days"]}",
        (_, 1) => this["1 arbejdstime", "1 business hour"],
        (_, var hours) => $"{hours} {this["arbejdstimer", "business hours"]}",
    };

    internal string Weekday(DayOfWeek day) => this[DanishDays[(int)day], day.ToString()];

    private static readonly string[] DanishDays = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"];
}
