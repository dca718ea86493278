namespace CrmSync.Benchmarks.Judging;

/// <summary>Makes leads from a seed: texts in two languages as CRMs have them, gaps, and acts with and without a whole record.</summary>
internal sealed class LeadMaker(int seed, DateTimeOffset at)
{
    private static readonly string[] Industries =
    [
        "COMPUTER_SOFTWARE", "Softwareudvikling", "SaaS", "MACHINERY", "Maskinindustri", "Industrial machinery", "Elektronik", "SEMICONDUCTORS", "Metalvarer",
        "Mining & Metals", "Stålindustri", "FOOD_PRODUCTION", "Fødevareindustri", "Mejeri", "RETAIL", "Detailhandel", "Konsulentvirksomhed", "BANKING",
        "HOSPITAL_HEALTH_CARE", "Offentlig sektor", "Logistics", "Landbrug", "Marketing", "Something else entirely",
    ];

    private static readonly string[] Countries =
        ["DK", "Danmark", "Denmark", "Sverige", "SE", "Norway", "Norge", "Finland", "Island", "Germany", "Deutschland", "Tyskland", "US", "United States", "France", "Polen", "UK"];

    private static readonly string[] Titles =
    [
        "Produktionschef", "Production Manager", "Head of Production", "Adm. direktør", "CEO", "Indehaver", "Founder & CEO", "IT-chef", "Projektleder",
        "Chief Operating Officer", "VP Sales", "Økonomiansvarlig", "Managing Partner", "Driftsdirektør", "Software Engineer", "Konsulent", "Sekretær", "Maskinmester",
        "Sales Representative", "Studerende", "Ingeniør", "Key Account specialist", "Buyer", "Marketing coordinator", "Praktikant", "Elektriker", "Senior Data Analyst",
    ];

    private static readonly string[] BuyingRoles = ["DECISION_MAKER", "Budget holder", "EXECUTIVE_SPONSOR", "CHAMPION", "INFLUENCER", "END_USER"];

    private readonly Random _random = new(seed);

    public IEnumerable<HandLead> Make(int count) => Enumerable.Range(0, count).Select(One);

    private HandLead One(int number) => new()
    {
        Email = Chance(90) ? $"person{number}@company{number % 9973}.example" : null,
        Phone = Chance(60) ? $"+45 {10_000_000 + number}" : null,
        Role = Chance(82) ? Any(Titles) : null,
        BuyingRoles = Chance(15) ? [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Any(BuyingRoles))] : null,
        PersonCountry = Chance(40) ? Any(Countries) : null,
        CompanyCountry = Chance(75) ? Any(Countries) : null,
        Industry = Chance(85) ? Any(Industries) : null,
        Employees = Chance(75) ? (int)Math.Exp(_random.NextDouble() * 8.5) : null,
        Need = Answer(),
        Timeline = Answer(),
        HandRaises = Acts(8, 2),
        Meetings = Acts(8, 2),
        Webinars = Acts(25, 3),
        Downloads = Acts(35, 4),
        PageViews = Acts(60, 8),
        EmailClicks = Acts(45, 6),
        SocialClicks = Acts(20, 4),
        AdForms = Acts(10, 2),
    };

    private bool? Answer() => _random.Next(10) switch { < 6 => null, < 9 => true, _ => false };

    /// <summary>One in ten is not recorded at all; of the rest, so many in a hundred did it.</summary>
    private HandActs? Acts(int percent, int most)
    {
        if (Chance(10))
            return null;
        var since = _random.Next(10) switch { < 7 => 0, < 9 => at.AddDays(-_random.Next(1, 90)).UtcTicks, _ => long.MaxValue };
        if (!Chance(percent))
            return new([], since == 0 ? 0 : -1, -1, since);
        var acts = Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => new HandAct(Instant(), Chance(85) ? 1 : _random.Next(2, 5)))
            .OrderBy(act => act.Ticks).ToArray();
        var last = Chance(80) ? acts[^1].Ticks : Chance(50) ? Math.Min(at.UtcTicks, acts[^1].Ticks + TimeSpan.TicksPerDay) : -1;
        return new(acts, Chance(30) ? acts.Sum(act => act.Count) : -1, last, since);
    }

    // Now and then to the minute of a window's edge, and now and then not yet.
    private long Instant() => Chance(5)
        ? at.AddDays(-new[] { 14, 30, 60 }[_random.Next(3)]).UtcTicks - _random.Next(-1, 2)
        : at.UtcTicks - (long)(_random.NextDouble() * 100 * TimeSpan.TicksPerDay) + (Chance(2) ? 3 * TimeSpan.TicksPerDay : 0);

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Any(string[] texts) => texts[_random.Next(texts.Length)];
}
