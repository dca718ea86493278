using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Fills the catalogue from a lead or deal and what hangs on it. What cannot be parsed leaves only its own fact unknown.</summary>
internal sealed class PipedriveFacts(CrmMapping mapping, PipedriveOptions options, PipedriveFactSources names)
{
    private const string WebForms = "Web forms";
    private static readonly string[] Marketed = [EngagementKinds.HandRaise, EngagementKinds.ContentDownload, EngagementKinds.AdForm, EngagementKinds.WebinarAttended];

    public LeadFacts Read(
        PipedriveRecord record, bool isDeal, PipedriveSurroundings around, FactCatalogue catalogue, IReadOnlyDictionary<string, IReadOnlyList<PipedriveSource>> sources)
    {
        var builder = new LeadFacts.Builder(catalogue);
        for (var slot = 0; slot < catalogue.Definitions.Count; slot++)
        {
            var fact = catalogue.Definitions[slot];
            builder.Set(slot, Value(fact, record, isDeal, around, sources.GetValueOrDefault(fact.Name, [])));
        }
        return builder.Build();
    }

    private FactValue Value(FactDefinition fact, PipedriveRecord record, bool isDeal, PipedriveSurroundings around, IReadOnlyList<PipedriveSource> sources) => fact.Name switch
    {
        _ when fact.Type == FactType.Engagement => FactValue.Of(Acts(fact.Name, record, around, sources)),
        _ when names.IsMapped(fact.Name) => Sourced(fact, record, around, sources),
        WellKnownFacts.PersonEmailDomain => FactValue.Of(RawValues.DomainOf(around.Person?["emails"])),
        WellKnownFacts.DealOpen => FactValue.Of(isDeal && record["status"] == "open" ? true : Counts(around.Person, "open_deals_count")),
        WellKnownFacts.DealWon => FactValue.Of(isDeal && record["status"] == "won" ? true : Counts(around.Person, "won_deals_count")),
        WellKnownFacts.CompanyDomain => Sourced(fact, record, around, sources) is { IsKnown: true } site ? FactValue.Of(HostOf(site.Text)) : FactValue.Unknown,
        WellKnownFacts.ConsentOptedOut => Sourced(fact, record, around, sources) is { IsKnown: true } told ? told : FactValue.Of(OptedOut(around.Person)),
        _ => Sourced(fact, record, around, sources),
    };

    private FactValue Sourced(FactDefinition fact, PipedriveRecord record, PipedriveSurroundings around, IReadOnlyList<PipedriveSource> sources)
    {
        var values = mapping.Values.GetValueOrDefault(fact.Name);
        foreach (var source in sources)
            if (Owner(source.Owner, record, around)?[source.Codes[0]] is { } raw
                && RawValues.Parse(fact.Type, RawValues.Translated(values, Labelled(source, raw)), PipedriveStreams.Instant) is { IsKnown: true } value)
                return value;
        return FactValue.Unknown;
    }

    private Engagement? Acts(string fact, PipedriveRecord record, PipedriveSurroundings around, IReadOnlyList<PipedriveSource> sources)
    {
        var told = sources.Select(s => Counted(s, Owner(s.Owner, record, around))).FirstOrDefault(e => e is not null);
        if (names.IsMapped(fact))
            return told;
        var kind = fact[WellKnownFacts.EngagementPrefix.Length..];
        if (kind == EngagementKinds.MeetingBooked)
            return PipedriveContacts.Meetings(around.Activities, told);
        if (Marketed.Contains(kind) && told is null or { LastAt: null })
            told = PipedriveContacts.Marketing(around.Activities, kind, options, mapping.Forms) ?? told;
        // A lead that a form made is itself the act of filling it in.
        return told is null or { LastAt: null } && record["source_name"] == WebForms && PipedriveStreams.Instant(record["add_time"]) is { } at
            && FormKinds.Of(record["title"] ?? "", mapping.Forms) == kind
                ? new() { Acts = [new(at, 1, record["title"])], Total = 1, LastAt = at, CompleteSince = DateTimeOffset.MinValue }
                : told;
    }

    /// <summary>A counter with the instant of its last act, or one field that holds either. A field that is empty: never; one that was not told of tells nothing.</summary>
    private static Engagement? Counted(PipedriveSource source, PipedriveRecord? record) => (record, source.Codes) switch
    {
        (null, _) => null,
        ({ } known, [var counter, var last]) => RawValues.Number(known[counter] ?? "0") is { } total ? CountedActs.Total(total, PipedriveStreams.Instant(known[last])) : null,
        ({ } known, [var only]) => CountedActs.Latest(known[only], null, PipedriveStreams.Instant),
        _ => null,
    };

    private static PipedriveRecord? Owner(PipedriveOwner owner, PipedriveRecord record, PipedriveSurroundings around) => owner switch
    {
        PipedriveOwner.Person => around.Person,
        PipedriveOwner.Organization => around.Organization,
        _ => record,
    };

    /// <summary>Options by what people call them; several come joined by a comma.</summary>
    private static string Labelled(PipedriveSource source, string raw) =>
        source.Labels is { } labels ? string.Join(';', raw.Split(',').Select(id => labels.GetValueOrDefault(id.Trim(), id.Trim()))) : raw;

    private static bool? Counts(PipedriveRecord? person, string field) => RawValues.Number(person?[field]) is { } count ? count > 0 : null;

    private static bool? OptedOut(PipedriveRecord? person) => person?["marketing_status"] switch
    {
        "unsubscribed" => true,
        "subscribed" or "no_consent" => false,
        _ => null,
    };

    /// <summary>A website as the domain that it is at.</summary>
    private static string HostOf(string site)
    {
        var host = Uri.TryCreate(site.Contains("://", StringComparison.Ordinal) ? site : $"https://{site}", UriKind.Absolute, out var url) ? url.Host : site;
        return host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
    }
}
