using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Asks for everything the adapter will need, and says what of it is missing, where, and what to do.</summary>
internal sealed class HubSpotCheck(CrmConnection connection, HubSpotOptions options, HubSpotClient client, HubSpotPropertyNames names)
{
    private readonly ProblemList _problems = new(connection.Name);

    /// <summary>Null if the stages could not be read.</summary>
    public StageMap? Stages { get; private set; }

    public Dictionary<CrmSignal, string> MissingSignals { get; } = [];

    public async Task<IReadOnlyList<CrmProblem>> RunAsync(CancellationToken cancellationToken)
    {
        if (!await AccountAsync(cancellationToken).ConfigureAwait(false))
            return _problems.Found;
        var contact = await PropertiesAsync(HubSpotStreams.Contacts, ProblemReach.Everything, cancellationToken).ConfigureAwait(false);
        var company = await PropertiesAsync(HubSpotStreams.Companies, ProblemReach.Hint, cancellationToken).ConfigureAwait(false);
        foreach (var type in HubSpotStreams.All.Union(HubSpotActivityKeys.Types))
            await AccessAsync(type, cancellationToken).ConfigureAwait(false);
        await new HubSpotActivityCheck(client, options, _problems).RunAsync(cancellationToken).ConfigureAwait(false);
        if (contact is not null)
        {
            CheckStages(contact);
            CheckFields(contact);
            CheckFacts(contact, company);
            CheckSignals(contact, company);
        }
        return _problems.Found;
    }

    /// <summary>Reachable, let in, and the right account; nothing else is worth asking otherwise.</summary>
    private async Task<bool> AccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var account = await client.Api.AccountAsync(client.Paths.Account, cancellationToken).ConfigureAwait(false);
            if (connection.AccountId is not { } pinned || account.PortalId == pinned)
                return true;
            _problems.Add("account-differs", ProblemReach.Everything, "AccountId",
                $"The credentials are for account {account.PortalId}, not {pinned}.", "Use the token of the pinned account, or correct AccountId.");
            return false;
        }
        catch (CrmException e) when (e.Failure is CrmFailure.NotFound or CrmFailure.Refused && HubSpotErrors.Of(e) is not null)
        {
            if (connection.AccountId is not null)
                _problems.Add("account-unverified", ProblemReach.Hint, "AccountId",
                    "HubSpot does not say which account the credentials are for.",
                    "Make sure by hand that they are for the right one.");
            return true;
        }
        catch (CrmException e)
        {
            HubSpotProblems.Report(_problems, e, ProblemReach.Everything);
            return false;
        }
    }

    private async Task<Dictionary<string, HubSpotProperty>?> PropertiesAsync(string type, ProblemReach reach, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.Api.PropertiesAsync(client.Paths.Properties, type, cancellationToken).ConfigureAwait(false);
            return (answer.Results ?? []).Where(p => p.Name is not null).DistinctBy(p => p.Name).ToDictionary(p => p.Name!);
        }
        catch (CrmException e)
        {
            HubSpotProblems.Report(_problems, e, reach);
            return null;
        }
    }

    /// <summary>Reading definitions takes any one scope; reading records takes each its own.</summary>
    private async Task AccessAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            await client.Api.ListAsync(client.Paths.Objects, type, 1, null, "hs_object_id", "false", cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e)
        {
            HubSpotProblems.Report(_problems, e, type == HubSpotStreams.Contacts ? ProblemReach.Everything : ProblemReach.Hint);
        }
    }

    private void CheckStages(Dictionary<string, HubSpotProperty> contact)
    {
        if (contact.GetValueOrDefault(HubSpotPropertyNames.Stage) is not { } property)
        {
            _problems.Add("stage-unknown", ProblemReach.Everything, "Mapping:Stages",
                "The account has no lifecycle stage property.", "Check that the token may read contact properties.");
            return;
        }
        (Stages, var problems) = HubSpotStages.Resolve(connection, property);
        _problems.Add(problems);
    }

    private void CheckFields(Dictionary<string, HubSpotProperty> contact)
    {
        foreach (var field in HandoverFields.Of(connection.Mapping.ReportFields))
        {
            if (contact.GetValueOrDefault(field.Name) is not { } property)
                _problems.Add("property-missing", ProblemReach.Writing, field.Name, $"The contact property '{field.Name}' does not exist.", "crmsync setup");
            else if (field.Options.Select(o => o.Value).Except((property.Options ?? []).Select(o => o.Value)).ToList() is { Count: > 0 } missing)
                _problems.Add("option-missing", ProblemReach.Writing, field.Name,
                    $"The property '{field.Name}' lacks the options {string.Join(", ", missing)}.", "crmsync setup");
        }
    }

    private void CheckFacts(Dictionary<string, HubSpotProperty> contact, Dictionary<string, HubSpotProperty>? company)
    {
        foreach (var fact in connection.Mapping.Facts.Keys)
            foreach (var (property, onCompany) in names.Sources(fact))
                if ((onCompany ? company : contact) is { } known && !known.ContainsKey(property))
                    _problems.Add("property-missing", ProblemReach.Hint, $"Mapping:Facts:{fact}",
                        $"The {(onCompany ? "company" : "contact")} property '{property}' does not exist: the fact stays unknown.",
                        "Correct the name, or create the property.");
        if (!names.Sources(HubSpotPropertyNames.Webinar).Any(s => contact.ContainsKey(s.Property)))
            _problems.Add("fact-unavailable", ProblemReach.Hint, $"Mapping:Facts:{HubSpotPropertyNames.Webinar}",
                "HubSpot does not tell who attended a webinar: the fact stays unknown.",
                "Name a property that holds when a contact last attended one.");
    }

    private void CheckSignals(Dictionary<string, HubSpotProperty> contact, Dictionary<string, HubSpotProperty>? company)
    {
        if (!contact.ContainsKey(HubSpotPropertyNames.Contacted))
            MissingSignals[CrmSignal.Contact] = $"it has no contact property '{HubSpotPropertyNames.Contacted}'.";
        if (!contact.ContainsKey(HubSpotPropertyNames.MeetingBooked)
            && !names.Sources(WellKnownFacts.EngagementPrefix + EngagementKinds.MeetingBooked).Any(s => (s.OnCompany ? company : contact)?.ContainsKey(s.Property) == true))
            MissingSignals[CrmSignal.MeetingBooked] = $"it has no contact property '{HubSpotPropertyNames.MeetingBooked}'.";
    }
}
