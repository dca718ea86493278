using System.Globalization;

namespace CrmSync.Benchmarks.Stub;

/// <summary>
/// A number of people alike enough to be one workload: half of a good fit by their company, four page views long ago, no
/// form. <see cref="Ask"/> makes them ask for a demo.
/// </summary>
internal sealed class StubContacts
{
    public const long FirstId = 100_001;
    private const int PerCompany = 4;
    private static readonly string Born = Text(DateTimeOffset.UtcNow.AddDays(-90));
    private readonly StubRecord[] _contacts;
    private readonly StubRecord[] _companies;
    private long _staged;

    public StubContacts(int count)
    {
        _contacts = [.. Enumerable.Range(0, count).Select(Contact)];
        _companies = [.. Enumerable.Range(0, (count / PerCompany) + 1).Select(Company)];
    }

    public int Count => _contacts.Length;

    /// <summary>Writes that changed a stage.</summary>
    public long Staged => Interlocked.Read(ref _staged);

    public static string Now => Text(DateTimeOffset.UtcNow);

    public static long CompanyOf(long contact) => FirstId + ((contact - FirstId) / PerCompany);

    public StubRecord? Find(string type, long id)
    {
        var records = type == "companies" ? _companies : _contacts;
        return id - FirstId is >= 0 and var index && index < records.Length ? records[index] : null;
    }

    /// <summary>The demo form, by contacts in a row, just now.</summary>
    public void Ask(long first, int count)
    {
        var now = Now;
        for (var id = first; id < first + count; id++)
        {
            var contact = Find("contacts", id)!;
            lock (contact)
            {
                contact.Set("num_conversion_events", "1", now);
                foreach (var which in new[] { "first", "recent" })
                {
                    contact.Set($"{which}_conversion_date", now, now);
                    contact.Set($"{which}_conversion_event_name", "Book a demo: Demo request", now);
                }
            }
        }
    }

    /// <summary>Writes as HubSpot does, except that any stage is taken.</summary>
    public void Write(StubRecord contact, string property, string value)
    {
        if (property == "lifecyclestage" && contact["lifecyclestage"] != value)
            Interlocked.Increment(ref _staged);
        contact.Set(property, value.Length == 0 ? null : value, Now);
    }

    private static StubRecord Contact(int index) => new(FirstId + index, new()
    {
        ["createdate"] = Born,
        ["lastmodifieddate"] = Born,
        ["hs_object_id"] = Text(FirstId + index),
        ["email"] = $"person{index}@company{index / PerCompany}.example",
        ["firstname"] = "Kim",
        ["lastname"] = $"Person {index}",
        ["jobtitle"] = index % 2 == 0 ? "Head of Production" : "Fitter",
        ["phone"] = "+4512345678",
        ["country"] = "Denmark",
        ["lifecyclestage"] = "lead",
        ["hs_email_optout"] = "false",
        ["num_associated_deals"] = "0",
        ["num_conversion_events"] = "0",
        ["hs_analytics_num_page_views"] = "4",
        ["hs_analytics_last_timestamp"] = Born,
        ["hs_email_click"] = "1",
        ["hs_email_last_click_date"] = Born,
        ["hs_email_open"] = "3",
        ["hs_email_last_open_date"] = Born,
    });

    private static StubRecord Company(int index) => new(FirstId + index, new()
    {
        ["createdate"] = Born,
        ["hs_lastmodifieddate"] = Born,
        ["hs_object_id"] = Text(FirstId + index),
        ["name"] = $"Company {index}",
        ["domain"] = $"company{index}.example",
        ["industry"] = "MACHINERY",
        ["numberofemployees"] = "120",
        ["country"] = "Denmark",
    });

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
