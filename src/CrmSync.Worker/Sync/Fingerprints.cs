using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Leads.Calendars;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Short names of what stood behind a judgement without being part of it: two judgements with equal facts, rules and
/// fingerprints were made under the same circumstances. 16 hexadecimal digits, the same on every machine.
/// </summary>
internal static class Fingerprints
{
    private const int Digits = 16;

    /// <summary>Of what in an account stands for what. Order of settings does not matter, that of forms does: the first hit counts.</summary>
    public static string Of(CrmMapping mapping) => Short(JsonSerializer.Serialize(new object[]
    {
        Sorted(mapping.Stages, stage => stage.ToString()),
        Sorted(mapping.Facts, fact => fact),
        Sorted(mapping.Values.ToDictionary(v => v.Key, v => Sorted(v.Value, option => option)), fact => fact),
        mapping.Forms,
        Sorted(mapping.Options, option => option.ToUpperInvariant()),
    }));

    /// <summary>Of the working time by which deadlines are counted.</summary>
    public static string Of(SlaSettings sla) => Short(JsonSerializer.Serialize(new object[]
    {
        sla.Zone, sla.Hours.OrderBy(h => h.Day).ThenBy(h => h.From), sla.Holidays.Dates.Order(), sla.Answer, sla.HandRaise,
        // The table of holidays is part of the product: a law that changes is another calendar.
        sla.Holidays.Countries.SelectMany(Named).Concat(sla.Holidays.ShortDays.SelectMany(Named)).Order(StringComparer.Ordinal),
    }));

    private static IEnumerable<string> Named(CountryDays country) => country.Holidays.Select(holiday => $"{country.Country} {holiday}");

    private static IEnumerable<string> Named(ShortDay day) =>
        (day.Country is { } country ? Named(country) : [$"{day.Date:O}"]).Select(name => $"{name} until {day.Until:O}");

    private static SortedDictionary<string, TValue> Sorted<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> settings, Func<TKey, string> name) where TKey : notnull =>
        new(settings.ToDictionary(s => name(s.Key), s => s.Value), StringComparer.Ordinal);

    private static string Short(string text) => EvidenceBody.Hash(text)[..Digits];
}
