using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Asks for everything the adapter will need, and says what of it is missing, where, and what to do.</summary>
internal sealed class SalesforceCheck(
    CrmConnection connection, SalesforceOptions options, SalesforceClient client, SalesforceSchema schema, SalesforceFieldNames names, SalesforceActivityKeys keys)
{
    private readonly ProblemList _problems = new(connection.Name);

    /// <summary>Null if the stages could not be read.</summary>
    public StageMap? Stages { get; private set; }

    public Dictionary<CrmSignal, string> MissingSignals { get; } = [];

    public async Task<IReadOnlyList<CrmProblem>> RunAsync(StageMap former, CancellationToken cancellationToken)
    {
        try
        {
            if (!await OrgAsync(cancellationToken).ConfigureAwait(false))
                return _problems.Found;
            if (!await VersionAsync(cancellationToken).ConfigureAwait(false))
                return _problems.Found;
            var lead = await schema.FieldsAsync("Lead", cancellationToken).ConfigureAwait(false);
            if (lead.Count == 0)
            {
                _problems.Add("object-hidden", ProblemReach.Everything, "ClientId", "The user sees no leads.", "Give the user read and edit access to leads.");
                return _problems.Found;
            }
            (Stages, var stages) = await SalesforceStageReader.ReadAsync(connection, options, client, schema, former, cancellationToken).ConfigureAwait(false);
            _problems.Add(stages);
            CheckFields(lead);
            var conversion = new SalesforceConversionCheck(connection, options, _problems);
            conversion.Contacts(await schema.FieldsAsync("Contact", cancellationToken).ConfigureAwait(false), Stages);
            conversion.Links(lead, await schema.FieldsAsync("Opportunity", cancellationToken).ConfigureAwait(false));
            await CheckFactsAsync(lead, cancellationToken).ConfigureAwait(false);
            await CheckObjectsAsync(cancellationToken).ConfigureAwait(false);
            await CheckKeyAsync(cancellationToken).ConfigureAwait(false);
            await CheckEventsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e)
        {
            _problems.Report(e, ProblemReach.Everything, e.Message.Contains("is for the org", StringComparison.Ordinal) ? ("account-differs", "AccountId") : null);
        }
        return _problems.Found;
    }

    /// <summary>Reachable, let in, and the right org; nothing else is worth asking otherwise.</summary>
    private async Task<bool> OrgAsync(CancellationToken cancellationToken)
    {
        var org = await client.OrgIdAsync(cancellationToken).ConfigureAwait(false);
        if (connection.AccountId is not { } pinned || (org is not null && SalesforceId.Same(org, pinned)))
            return true;
        if (org is null)
            _problems.Add("account-unverified", ProblemReach.Hint, "AccountId", "Salesforce does not say which org the credentials are for.", "Make sure by hand that they are for the right one.");
        else
            _problems.Add("account-differs", ProblemReach.Everything, "AccountId", $"The credentials are for the org {org}, not {pinned}.", "Use the credentials of the pinned org, or correct AccountId.");
        return org is null;
    }

    /// <summary>By a version that is not there no other question has an answer.</summary>
    private async Task<bool> VersionAsync(CancellationToken cancellationToken)
    {
        var versions = await client.Api.VersionsAsync(cancellationToken).ConfigureAwait(false);
        var isThere = versions.Exists(v => v.Version == options.Paths.Version);
        if (!isThere)
            _problems.Add("version-unknown", ProblemReach.Everything, "Mapping:Options:ApiVersion", $"The org does not offer version {options.Paths.Version} of the API.",
                $"Choose one of: {string.Join(", ", versions.Select(v => v.Version).TakeLast(5))}.");
        return isThere;
    }

    private void CheckFields(IReadOnlyDictionary<string, SalesforceField> lead)
    {
        foreach (var field in HandoverFields.Of(connection.Mapping.ReportFields))
        {
            var name = SalesforceFieldNames.Of(field.Name);
            if (lead.GetValueOrDefault(name) is not { } known)
                _problems.Add("property-missing", ProblemReach.Writing, field.Name, $"Leads have no field '{name}' that the user sees.", "crmsync setup");
            else if (field.Options.Select(o => o.Value).Except((known.PicklistValues ?? []).Where(v => v.Active != false).Select(v => v.Value)).ToList() is { Count: > 0 } missing)
                _problems.Add("option-missing", ProblemReach.Writing, field.Name, $"The field '{name}' lacks the values {string.Join(", ", missing)}.", "crmsync setup");
            else if (known.Updateable == false)
                _problems.Add("property-read-only", ProblemReach.Writing, field.Name, $"The user may not edit the field '{name}'.", "Give the user the permission set 'CrmSync': crmsync setup");
        }
    }

    private async Task CheckFactsAsync(IReadOnlyDictionary<string, SalesforceField> lead, CancellationToken cancellationToken)
    {
        var account = await schema.FieldsAsync("Account", cancellationToken).ConfigureAwait(false);
        foreach (var fact in connection.Mapping.Facts.Keys)
            foreach (var source in names.Sources(fact))
                foreach (var field in SalesforceFieldNames.Paths(source with { OnAccount = false }, isContact: false, null).Where(f => !(source.OnAccount ? account : lead).ContainsKey(f)))
                    _problems.Add("property-missing", ProblemReach.Hint, $"Mapping:Facts:{fact}",
                        $"{(source.OnAccount ? "Accounts" : "Leads")} have no field '{field}' that the user sees: the fact stays unknown.", "Correct the name, or let the user see the field.");
        string[] counters = [WellKnownFacts.EngagementPrefix + EngagementKinds.PageView, WellKnownFacts.EngagementPrefix + EngagementKinds.EmailClick];
        foreach (var fact in counters.Where(f => !names.Sources(f).SelectMany(s => SalesforceFieldNames.Paths(s, isContact: false, null)).Any(lead.ContainsKey)))
            _problems.Add("fact-unavailable", ProblemReach.Hint, $"Mapping:Facts:{fact}", "Salesforce does not count this: the fact stays unknown.",
                "Name the field in which your marketing tool keeps the number, with the one of the latest instant behind a comma.");
    }

    private async Task CheckObjectsAsync(CancellationToken cancellationToken)
    {
        foreach (var (type, what) in new[] { ("CampaignMember", "responses to campaigns"), ("Task", "calls, mails and tasks"), ("Event", "meetings"), ("Opportunity", "opportunities") })
            if ((await schema.FieldsAsync(type, cancellationToken).ConfigureAwait(false)).Count == 0)
                _problems.Add("object-hidden", ProblemReach.Hint, "ClientId", $"The user sees no {what}: those facts stay unknown.", $"Give the user read access to the object {type}.");
        var task = await schema.FieldsAsync("Task", cancellationToken).ConfigureAwait(false);
        foreach (var (setting, status) in new[] { ("TaskDone", options.TaskDone), ("TaskOpen", options.TaskOpen) })
            if (task.TryGetValue("Status", out var known) && !known.Takes(status))
                _problems.Add("option-missing", ProblemReach.Hint, $"Mapping:Options:{setting}", $"Tasks have no status '{status}': those of CrmSync would not show as what they are.",
                    $"Name the org's own here: {string.Join(", ", known.Active.Select(v => v.Value))}.");
        if (task.Count == 0)
            MissingSignals[CrmSignal.Contact] = "the user sees no calls and mails.";
        if ((await schema.FieldsAsync("Event", cancellationToken).ConfigureAwait(false)).Count == 0)
            MissingSignals[CrmSignal.MeetingBooked] = "the user sees no meetings.";
    }

    private async Task CheckKeyAsync(CancellationToken cancellationToken)
    {
        if (options.KeysInField && !SalesforceActivityKeys.IsKey(await keys.FindAsync(cancellationToken).ConfigureAwait(false)))
            _problems.Add("activity-key-missing", ProblemReach.Hint, "Mapping:Options:ActivityKey",
                $"Tasks have no unique external id '{SalesforceActivityKeys.Field}': they are known by a word in their body.", "crmsync setup, or Mapping:Options:ActivityKey: body where the org may not have one");
    }

    private async Task CheckEventsAsync(CancellationToken cancellationToken)
    {
        if (options.StreamUrl is not null && await new SalesforceChangeEvents(options, client).MissingAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } missing)
            _problems.Add("change-events-missing", ProblemReach.Hint, "Mapping:Options:ChangeEvents",
                $"The org does not tell changes of {string.Join(", ", missing)} as they happen: they are found by polling.",
                "crmsync setup, or Setup > Integrations > Change Data Capture; Mapping:Options:ChangeEvents: off where polling is enough.");
    }
}
