using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Asks for everything the adapter will need, and says what of it is missing, where, and what to do.</summary>
internal sealed class PipedriveCheck(
    CrmConnection connection, PipedriveOptions options, PipedriveClient client, PipedriveSchema schema, PipedriveUsers users, PipedriveFactSources names)
{
    private readonly ProblemList _problems = new(connection.Name);

    /// <summary>Null if the stages could not be read.</summary>
    public StageMap? Stages { get; private set; }

    /// <summary>The deal fields that it went by; null if they could not be read.</summary>
    public PipedriveFieldBook? Book { get; private set; }

    public Dictionary<CrmSignal, string> MissingSignals { get; } = [];

    public async Task<IReadOnlyList<CrmProblem>> RunAsync(StageMap former, CancellationToken cancellationToken)
    {
        try
        {
            if (!await CompanyAsync(cancellationToken).ConfigureAwait(false))
                return _problems.Found;
            var book = Book = await schema.ReadAsync(cancellationToken).ConfigureAwait(false);
            (Stages, var stages) = PipedriveStages.Resolve(connection, book, former);
            _problems.Add(stages);
            CheckFields(book);
            await CheckFactsAsync(book, cancellationToken).ConfigureAwait(false);
            CheckQuota();
            if (connection.PublicUrl is null || connection.WebhookSecrets.Count == 0)
                _problems.Add("gap-untold", ProblemReach.Hint, "PublicUrl",
                    "Pipedrive keeps no history of a lead: what somebody changes between CrmSync's last look and its write, some tenths of a second, only an event tells, and no webhooks are set up. The same is true of deals that are merged.",
                    "Set PublicUrl and a WebhookSecret, then crmsync setup; or live with it.");
            if (!options.ReadsActivities)
            {
                MissingSignals[CrmSignal.Contact] = "calls and mails are not read, by Mapping:Options:Activities.";
                MissingSignals[CrmSignal.MeetingBooked] = "meetings are not read, by Mapping:Options:Activities.";
            }
        }
        catch (CrmException e)
        {
            _problems.Report(e, ProblemReach.Everything, PipedriveErrors.IsScope(e) ? ("scope-missing", "ClientId") : null);
        }
        return _problems.Found;
    }

    /// <summary>Reachable, let in, and the right company; nothing else is worth asking otherwise.</summary>
    private async Task<bool> CompanyAsync(CancellationToken cancellationToken)
    {
        var us = await users.UsAsync(cancellationToken).ConfigureAwait(false);
        if (connection.AccountId is not { } pinned || us["company_id"] == pinned)
            return true;
        if (us["company_id"] is { } other)
            _problems.Add("account-differs", ProblemReach.Everything, "AccountId", $"The token is for the company {other}, not {pinned}.", "Use a token of the pinned company, or correct AccountId.");
        else
            _problems.Add("account-unverified", ProblemReach.Hint, "AccountId", "Pipedrive does not say which company the token is for.", "Make sure by hand that it is for the right one.");
        return us["company_id"] is null;
    }

    private void CheckFields(PipedriveFieldBook book)
    {
        foreach (var field in HandoverFields.Of(connection.Mapping.ReportFields))
        {
            if (book.Doubles.Contains(field.Name))
                _problems.Add("field-ambiguous", ProblemReach.Writing, field.Name, $"Several deal fields are called '{field.Label(connection.Language)}'.", $"Name the right one as Mapping:Options:Fields: {field.Name}=<key>, or remove the others.");
            else if (book.Of(field.Name) is not { } known)
                _problems.Add("property-missing", ProblemReach.Writing, field.Name, $"The account has no deal field '{field.Label(connection.Language)}'.", "crmsync setup");
            else if (!PipedriveFieldBook.Fits(field, known))
                _problems.Add("property-type", ProblemReach.Writing, field.Name, $"The field '{known.FieldName}' is of the type {known.FieldType} and cannot hold what CrmSync writes into '{field.Label(connection.Language)}'.", "Name another in Mapping:Options:Fields, or none: crmsync setup makes one.");
            else if (book.MissingOptions(field) is { Count: > 0 } missing)
                _problems.Add("option-missing", ProblemReach.Writing, field.Name, $"The field '{known.FieldName}' lacks the options {string.Join(", ", missing.Select(o => o.Value))}, or they were given other labels.",
                    "Give a relabelled option its label back; crmsync setup adds the ones that were deleted.");
        }
    }

    private async Task CheckFactsAsync(PipedriveFieldBook book, CancellationToken cancellationToken)
    {
        var sources = await names.ResolveAsync(FactCatalogue.BuiltIn, schema, cancellationToken).ConfigureAwait(false);
        foreach (var fact in connection.Mapping.Facts.Keys.Where(f => sources.GetValueOrDefault(f, []).Count == 0 && FactCatalogue.BuiltIn.SlotOf(f) >= 0))
            _problems.Add("property-missing", ProblemReach.Hint, $"Mapping:Facts:{fact}", $"There is no field '{connection.Mapping.Facts[fact]}': the fact stays unknown.",
                "Write its name or key, with person: or organization: before it where it is one of theirs.");
        foreach (var (fact, name, key) in sources.SelectMany(s => s.Value.Select(p => p.Doubled).OfType<(string Name, string Key)>().Select(d => (s.Key, d.Name, d.Key))))
            _problems.Add("field-ambiguous", ProblemReach.Hint, $"Mapping:Facts:{fact}", $"Several fields are called '{name}': of these the first is read, with the key {key}.",
                "Give the others other names; or write here where the fact comes from, with the right one's key in place of its name.");
        string[] counters = [WellKnownFacts.EngagementPrefix + EngagementKinds.PageView, WellKnownFacts.EngagementPrefix + EngagementKinds.EmailClick];
        foreach (var fact in counters.Where(f => sources.GetValueOrDefault(f, []).Count == 0))
            _problems.Add("fact-unavailable", ProblemReach.Hint, $"Mapping:Facts:{fact}", "Pipedrive does not count this: the fact stays unknown.",
                "Name the field in which your marketing tool keeps the number, with the one of the latest instant behind a comma.");
        foreach (var (list, what) in new[] { ("personFields", "persons"), ("organizationFields", "organisations") })
            if (await schema.OfAsync(list, cancellationToken).ConfigureAwait(false) is null)
                _problems.Add("object-hidden", ProblemReach.Hint, "ClientId", $"The token may not see {what}: those facts stay unknown.", "Grant the app the scope contacts:read.");
    }

    private void CheckQuota()
    {
        if (client.Quotas.FirstOrDefault(q => q.Budget == PipedriveQuota.Tokens) is { Limit: null })
            _problems.Add("quota-unknown", ProblemReach.Hint, "Mapping:Options:Plan", "Pipedrive does not say how many tokens a day the account has, so none are held back for people and other apps.",
                "Write the plan, and how many Seats are paid for; or TokensPerDay.");
    }
}
