using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Whose field a fact comes from.</summary>
internal enum PipedriveOwner
{
    /// <summary>The lead itself, or the deal that it became: they share their fields.</summary>
    Lead,
    Person,
    Organization,
}

/// <summary>One place of a fact: the keys of a field, and of the one with the instant of its last act; labels by option, where it has options.</summary>
/// <param name="Doubled">A name that several fields bear, and the key of the first, which was taken; null: there is none.</param>
internal sealed record PipedriveSource(PipedriveOwner Owner, IReadOnlyList<string> Codes, IReadOnlyDictionary<string, string>? Labels, (string Name, string Key)? Doubled = null);

/// <summary>
/// Which field a fact comes from. Of most facts Pipedrive knows nothing by itself: they are in custom fields, found by their name, on
/// the lead, the person or the organisation. A mapping goes before the usual names here.
/// </summary>
internal sealed class PipedriveFactSources(CrmMapping mapping)
{
    private const char Paired = ',';
    private static readonly Dictionary<string, PipedriveOwner> Prefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lead"] = PipedriveOwner.Lead, ["deal"] = PipedriveOwner.Lead, ["person"] = PipedriveOwner.Person, ["organization"] = PipedriveOwner.Organization, ["org"] = PipedriveOwner.Organization,
    };

    private static readonly Dictionary<string, string[]> Defaults = new()
    {
        [WellKnownFacts.PersonName] = ["person:name"],
        [WellKnownFacts.PersonEmail] = ["person:emails"],
        [WellKnownFacts.PersonPhone] = ["person:phones"],
        [WellKnownFacts.PersonRole] = ["person:job_title", "person:Job title", "person:Titel"],
        [WellKnownFacts.PersonBuyingRole] = ["person:Buying role", "lead:Buying role"],
        [WellKnownFacts.PersonCountry] = ["person:postal_address.country", "person:Country", "person:Land"],
        [WellKnownFacts.CompanyName] = ["organization:name"],
        [WellKnownFacts.CompanyDomain] = ["organization:website", "organization:Domain"],
        [WellKnownFacts.CompanyIndustry] = ["organization:industry", "organization:Industry", "organization:Branche"],
        [WellKnownFacts.CompanyEmployees] = ["organization:employee_count", "organization:Employees", "organization:Ansatte"],
        [WellKnownFacts.CompanyCountry] = ["organization:address.country", "organization:Country", "organization:Land"],
        [WellKnownFacts.ConsentOptedOut] = ["person:Opted out", "person:Frameldt"],
        [WellKnownFacts.BantBudget] = ["lead:BANT budget", "person:BANT budget"],
        [WellKnownFacts.BantAuthority] = ["lead:BANT authority", "person:BANT authority"],
        [WellKnownFacts.BantNeed] = ["lead:BANT need", "person:BANT need"],
        [WellKnownFacts.BantTimeline] = ["lead:BANT timeline", "person:BANT timeline"],
        [Act(EngagementKinds.PageView)] = Counters("Page views,Last visit"),
        [Act(EngagementKinds.EmailClick)] = Counters("Email clicks,Last email click"),
        [Act(EngagementKinds.EmailOpen)] = Counters("Email opens,Last email open"),
        [Act(EngagementKinds.SocialClick)] = Counters("Social clicks,Last social click"),
        [Act(EngagementKinds.WebinarAttended)] = Counters("Webinars attended,Last webinar attended"),
        [Act(EngagementKinds.HandRaise)] = Counters("Hand-raises,Last hand-raise"),
        [Act(EngagementKinds.ContentDownload)] = Counters("Downloads,Last download"),
        [Act(EngagementKinds.AdForm)] = Counters("Ad forms,Last ad form"),
        [Act(EngagementKinds.MeetingBooked)] = ["lead:Last meeting booked", "person:Last meeting booked"],
    };

    public bool IsMapped(string fact) => mapping.Facts.ContainsKey(fact);

    /// <summary>The places of a fact that the account has, best first.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<PipedriveSource>>> ResolveAsync(FactCatalogue catalogue, PipedriveSchema schema, CancellationToken cancellationToken)
    {
        var deals = await schema.ReadAsync(cancellationToken).ConfigureAwait(false);
        var persons = await schema.OfAsync("personFields", cancellationToken).ConfigureAwait(false);
        var organizations = await schema.OfAsync("organizationFields", cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, IReadOnlyList<PipedriveSource>>();
        foreach (var fact in catalogue.Definitions)
            found[fact.Name] = [.. NamesOf(fact.Name).Select(n => Resolve(n, owner => owner switch
            {
                PipedriveOwner.Person => persons,
                PipedriveOwner.Organization => organizations,
                _ => deals.Fields,
            })).OfType<PipedriveSource>()];
        return found;
    }

    /// <summary>The names of a fact's places, as settings write them.</summary>
    public IReadOnlyList<string> NamesOf(string fact) => mapping.Facts.TryGetValue(fact, out var mapped) ? [mapped] : Defaults.GetValueOrDefault(fact, []);

    private static PipedriveSource? Resolve(string name, Func<PipedriveOwner, IReadOnlyList<PipedriveField>?> fieldsOf)
    {
        var (prefix, rest) = name.Split(':', 2) is [var before, var after] && Prefixes.ContainsKey(before) ? (before, after) : ("lead", name);
        var fields = fieldsOf(Prefixes[prefix]) ?? [];
        var parts = rest.Split(Paired, StringSplitOptions.TrimEntries);
        string?[] codes = [.. parts.Select(part => CodeOf(fields, part))];
        if (codes[0] is not { } first)
            return null;
        var choices = fields.FirstOrDefault(f => f.FieldCode == first)?.Options;
        var labels = choices is not { Count: > 0 } ? null
            : choices.Where(c => c is { Id: not null, Label: not null }).DistinctBy(c => c.Id).ToDictionary(c => c.Id!, c => c.Label!);
        var doubled = Array.FindIndex(parts, part => PipedriveFieldNames.Called(fields, part).Skip(1).Any());
        return new(Prefixes[prefix], [.. codes.OfType<string>()], labels, doubled < 0 ? null : (parts[doubled], codes[doubled]!));
    }

    /// <summary>Fields of Pipedrive's own are not always among those it tells of.</summary>
    private static string? CodeOf(IReadOnlyList<PipedriveField> fields, string name) =>
        PipedriveFieldNames.CodeIn(fields, name) ?? (name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || c is '_' or '.') ? name : null);

    private static string[] Counters(string fields) => [$"person:{fields}", $"lead:{fields}"];

    private static string Act(string kind) => WellKnownFacts.EngagementPrefix + kind;
}
