using System.Globalization;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>Makes the demo's leads: the same N people for the same seed.</summary>
internal sealed class DemoPeople(Draw draw, DateTimeOffset start)
{
    private static readonly string[] First = ["Anna", "Mads", "Freja", "Jonas", "Emma", "Oliver", "Ida", "Lars", "Sofie", "Henrik", "Astrid", "Mikkel", "Karin", "Erik", "Maja", "Niels"];
    private static readonly string[] Last = ["Jensen", "Nielsen", "Hansen", "Andersson", "Larsen", "Virtanen", "Olsen", "Berg", "Holm", "Schmidt", "Lund", "Dahl", "Krogh", "Friis"];
    private static readonly string[] Makers = ["Nordic", "Fjord", "Skagen", "Baltic", "Aros", "Viking", "Polar", "Amber", "Birk", "Delta"];
    private static readonly string[] Works = ["Machines", "Foods", "Metal", "Software", "Electronics", "Consulting", "Retail", "Robotics"];
    private static readonly string[] Industries = ["MACHINERY", "FOOD_PRODUCTION", "METAL", "COMPUTER_SOFTWARE", "ELECTRONICS", "MANAGEMENT_CONSULTING", "RETAIL", "MACHINERY"];
    private static readonly string[] Roles = ["Produktionschef", "Head of Production", "Direktør", "CEO", "Owner", "Project assistant", "Sales manager", "Studentermedhjælper", "Konsulent", "Head of IT"];
    private static readonly string[] Countries = ["Denmark", "Denmark", "Danmark", "Sweden", "Norway", "Finland", "Germany", "France"];

    private static readonly int[] Sizes = [4, 25, 40, 60, 140, 320, 800, 2500];

    /// <summary>How long before the start the oldest of them was already in the CRM.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromDays(200);
    private static readonly TimeSpan ArrivalSpan = TimeSpan.FromDays(30);

    public IReadOnlyList<DemoPerson> Make(int count) => [.. Enumerable.Range(1, count).Select(Person)];

    private DemoPerson Person(int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"lead-{number:D5}");
        var (first, last) = (draw.Pick(First, key, 0, "first"), draw.Pick(Last, key, 0, "last"));
        var work = (int)(draw.Unit(key, 0, "work") * Works.Length);
        var company = $"{draw.Pick(Makers, key, 0, "maker")} {Works[work]}";
        var domain = company.Replace(" ", "-", StringComparison.Ordinal).ToLowerInvariant() + ".example";
        var arrives = Arrival(key);
        // A company is one and the same, whoever of its people comes first: not every CRM keeps what each of them says of it.
        return new(
            key, $"{first} {last}", $"{first}.{last}.{number}@{domain}".ToLowerInvariant(), draw.Pick(Roles, key, 0, "role"),
            draw.Chance(0.7, key, 0, "phone") ? $"+45 {20000000 + number}" : null, draw.Pick(Countries, domain, 0, "country"),
            domain, company, Industries[work], draw.Chance(0.8, domain, 0, "size") ? draw.Pick(Sizes, domain, 0, "employees") : null,
            arrives, draw.Chance(0.04, key, 0, "optout"), Acts(key, arrives));
    }

    /// <summary>A fifth was in the CRM long before us; the others come over a month.</summary>
    private DateTimeOffset Arrival(string key) => draw.Chance(0.2, key, 0, "old")
        ? start - draw.Between(TimeSpan.FromDays(20), Past, key, 0, "past")
        : start + TimeSpan.FromHours(6) + draw.Between(TimeSpan.Zero, ArrivalSpan, key, 0, "arrival");

    private List<DemoAct> Acts(string key, DateTimeOffset arrives)
    {
        var acts = new List<DemoAct>();
        void Add(double chance, string kind, int withinDays, string? title = null)
        {
            if (draw.Chance(chance, key, 0, kind))
                acts.Add(new(arrives + TimeSpan.FromHours(3) + draw.Between(TimeSpan.Zero, TimeSpan.FromDays(withinDays), key, 0, kind + "-at"), kind, title));
        }
        Add(0.22, "handRaise", 6, "Demo request: Book a demo");
        Add(0.45, "webinarAttended", 15, "Less waste in production");
        Add(0.50, "contentDownload", 10, "Guide: Less waste in production");
        Add(0.35, "emailClick", 8);
        Add(0.20, "socialClick", 5);
        for (var visit = 0; visit < 4; visit++)
        {
            if (draw.Chance(0.6, key, visit, "visit"))
                acts.Add(new(arrives + TimeSpan.FromHours(3) + draw.Between(TimeSpan.Zero, TimeSpan.FromDays(14), key, visit, "visit-at"), "pageView"));
        }
        return Apart(acts);
    }

    /// <summary>Acts of one person lie hours apart, so that polling sees each in the order webhooks would tell.</summary>
    private static List<DemoAct> Apart(List<DemoAct> acts)
    {
        var sorted = acts.OrderBy(a => a.At).ThenBy(a => a.Kind, StringComparer.Ordinal).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            var earliest = sorted[i - 1].At + TimeSpan.FromHours(3);
            sorted[i] = sorted[i] with { At = sorted[i].At > earliest ? sorted[i].At : earliest };
        }
        return sorted;
    }
}
