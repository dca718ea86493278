using System.Globalization;
using CrmSync.Adapters.HubSpot;

namespace CrmSync.Benchmarks.Judging;

/// <summary>A contact and its company as HubSpot gives them: every value a text, null where the field is empty.</summary>
internal sealed record Bag(HubSpotObject Contact, HubSpotObject? Company);

/// <summary>Makes bags from a seed, around the texts of <see cref="LeadMaker"/>.</summary>
internal sealed class BagMaker(int seed, DateTimeOffset at)
{
    private static readonly string[] Forms =
    [
        "Book a demo", "Kontakt os", "Pricing: ask for a quote", "Guide: less scrap", "Hvidbog om energi", "Download checklist", "Newsletter", "Nyhedsbrev",
        "Facebook Lead Ads: Spring", "LinkedIn ad: price list",
    ];

    private readonly Random _random = new(seed);

    public IEnumerable<Bag> Make(int count) => new LeadMaker(seed, at).Make(count).Select(One);

    private Bag One(HandLead lead, int number)
    {
        var contact = new Dictionary<string, string?>
        {
            ["hs_object_id"] = Text(100_000 + number), ["lifecyclestage"] = "lead", ["hubspot_owner_id"] = "77", ["createdate"] = Date(200), ["lastmodifieddate"] = Date(1),
            ["crmsync_decision"] = null, ["crmsync_marker"] = null, ["crmsync_handover"] = null, ["hs_merged_object_ids"] = null, ["hs_calculated_merged_vids"] = null,
            ["firstname"] = "Kim", ["lastname"] = "Holm", ["email"] = lead.Email, ["phone"] = lead.Phone, ["mobilephone"] = null, ["jobtitle"] = lead.Role,
            ["hs_buying_role"] = lead.BuyingRoles is { } roles ? string.Join(';', roles) : null, ["country"] = lead.PersonCountry, ["hs_email_optout"] = null,
            ["num_associated_deals"] = null, ["bant_need"] = Answer(lead.Need), ["bant_timeline"] = Answer(lead.Timeline), ["bant_budget"] = null, ["bant_authority"] = null,
            ["engagements_last_meeting_booked"] = Maybe(8), ["webinar_last_title"] = null, ["num_conversion_events"] = null, ["recent_conversion_date"] = null,
            ["recent_conversion_event_name"] = null, ["first_conversion_date"] = null, ["first_conversion_event_name"] = null,
        };
        if (Chance(85))
            (contact["webinar_last_attended"], contact["webinar_last_title"]) = (Maybe(25), "Less scrap");
        AddForms(contact);
        AddCounter(contact, "hs_analytics_num_page_views", "hs_analytics_last_timestamp", 60, 40);
        AddCounter(contact, "hs_email_click", "hs_email_last_click_date", 40, 6);
        AddCounter(contact, "hs_email_open", "hs_email_last_open_date", 60, 20);
        AddCounter(contact, "hs_social_num_broadcast_clicks", "hs_social_last_engagement", 15, 4);
        foreach (var network in (string[])["linkedin", "twitter", "facebook"])
            contact[$"hs_social_{network}_clicks"] = contact.GetValueOrDefault("hs_social_num_broadcast_clicks") is { } clicks && network == "linkedin" ? clicks : null;
        var company = new Dictionary<string, string?>
        {
            ["name"] = $"Company {number % 9973}", ["domain"] = $"company{number % 9973}.example", ["industry"] = lead.Industry, ["country"] = lead.CompanyCountry,
            ["numberofemployees"] = lead.Employees is { } size ? Text(size) : null,
        };
        return new(Record(Text(100_000 + number), contact), Chance(90) ? Record(Text(900_000 + number), company) : null);
    }

    private void AddForms(Dictionary<string, string?> contact)
    {
        if (!Chance(45))
            return;
        var count = _random.Next(1, 4);
        var latest = _random.Next(0, 90);
        (contact["recent_conversion_date"], contact["recent_conversion_event_name"], contact["num_conversion_events"]) = (Date(latest), Any(Forms), Text(count));
        (contact["first_conversion_date"], contact["first_conversion_event_name"]) = count == 1
            ? (contact["recent_conversion_date"], contact["recent_conversion_event_name"])
            : (Date(latest + _random.Next(1, 60)), Any(Forms));
    }

    private void AddCounter(Dictionary<string, string?> contact, string counter, string last, int percent, int most)
    {
        if (Chance(8))
            return;
        var did = Chance(percent);
        (contact[counter], contact[last]) = (did ? Text(_random.Next(1, most + 1)) : null, did ? Date(_random.Next(0, 90)) : null);
    }

    private static HubSpotObject Record(string id, Dictionary<string, string?> properties) => new() { Id = id, Properties = properties };

    private string? Maybe(int percent) => Chance(percent) ? Date(_random.Next(0, 90)) : null;

    private string Date(int days) => at.AddDays(-days).AddMilliseconds(-_random.Next(86_400_000)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Answer(bool? answer) => answer switch { null => null, true => "Yes", false => "No" };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Any(string[] texts) => texts[_random.Next(texts.Length)];
}
