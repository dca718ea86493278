namespace CrmSync.Adapters.Salesforce;

/// <summary>Creates the hand-over's fields, values, rights and list views. Running it again finds all there and does nothing.</summary>
internal sealed class SalesforceSetup(CrmConnection connection, SalesforceOptions options, SalesforceClient client)
{
    public async Task<IReadOnlyList<SetupStep>> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        var (lead, hidden) = await LeadAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SalesforceNewField> fields = [.. SalesforceFieldDefinitions.Of(connection, options, lead.GetValueOrDefault(options.StageField))];
        // The contact's stages are made from the lead's: of one that nobody sees they would be others, and the org's own would be refused there.
        var made = hidden is null ? await FieldsAsync(fields, planOnly, cancellationToken).ConfigureAwait(false) : [.. fields.Select(f => SalesforceFieldSetup.ByHand(f, hidden))];
        var rights = await new SalesforceRightsSetup(client).RunAsync(fields, planOnly, cancellationToken).ConfigureAwait(false);
        var views = await new SalesforceListViewSetup(connection, options, client).RunAsync(planOnly, cancellationToken).ConfigureAwait(false);
        var events = await new SalesforceChangeEvents(options, client).SetupAsync(planOnly, cancellationToken).ConfigureAwait(false);
        return [.. made, .. rights, .. views, .. events, Mapping, History];
    }

    /// <summary>Which field of a lead becomes which of the contact is set in the user interface alone.</summary>
    private static SetupStep Mapping => new("lead mapping", "Lead to Contact", SetupOutcome.Manual,
        "Setup > Object Manager > Lead > Fields & Relationships > Map Lead Fields: map each of the fields above to the contact's field of the same name.");

    /// <summary>A field asks to be tracked; whether its object keeps history at all is set in the user interface.</summary>
    private static SetupStep History => new("field history", "Lead, Contact", SetupOutcome.Manual,
        "Setup > Object Manager > Lead, and Contact > Fields & Relationships > Set History Tracking: enable it. It tells who answered and when.");

    /// <summary>The fields of a lead; or why our user does not see them.</summary>
    private async Task<(IReadOnlyDictionary<string, SalesforceField> Fields, string? Hidden)> LeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var fields = await new SalesforceSchema(client).FieldsAsync("Lead", cancellationToken).ConfigureAwait(false);
            return (fields, fields.Count > 0 ? null : "the user sees no leads");
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused && e.Repair is null)
        {
            return (new Dictionary<string, SalesforceField>(), SalesforceErrors.Describe(e));
        }
    }

    private async Task<IReadOnlyList<SetupStep>> FieldsAsync(IReadOnlyList<SalesforceNewField> fields, bool planOnly, CancellationToken cancellationToken)
    {
        try
        {
            return await new SalesforceFieldSetup(client).RunAsync(fields, planOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return [.. fields.Select(f => SalesforceFieldSetup.ByHand(f, SalesforceErrors.Describe(e)))];
        }
    }
}
