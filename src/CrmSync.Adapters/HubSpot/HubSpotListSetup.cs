using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Makes the lists that people work from, by HubSpot's Lists API (paths, bodies and scopes: its OpenAPI file of 2026-09). The
/// hand-over needs the scopes for nothing else, so where they are missing, or where HubSpot does not take a list, the recipe for
/// its editor is given instead.
/// </summary>
internal sealed class HubSpotListSetup(CrmConnection connection, HubSpotOptions options, HubSpotClient client)
{
    public async Task<IReadOnlyList<SetupStep>> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        if (!options.CreatesLists)
            return [.. HubSpotLists.In(connection.Language, "UTC").Select(l => l.ByHand())];
        var zone = await ZoneAsync(cancellationToken).ConfigureAwait(false);
        var steps = new List<SetupStep>();
        foreach (var list in HubSpotLists.In(connection.Language, zone))
        {
            try
            {
                steps.Add(await StepAsync(list, planOnly, cancellationToken).ConfigureAwait(false));
            }
            catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
            {
                steps.Add(list.ByHand(e.Repair is { } repair ? $"{repair} Then setup makes it." : e.Message));
            }
        }
        return steps;
    }

    private async Task<SetupStep> StepAsync(HubSpotList list, bool planOnly, CancellationToken cancellationToken)
    {
        if (await FindAsync(list.Name, cancellationToken).ConfigureAwait(false) is { } found)
            return Judge(list, found);
        if (planOnly)
            return list.Step(SetupOutcome.WouldCreate);
        try
        {
            await client.Api.CreateListAsync(client.Paths.Lists, list.Definition, cancellationToken).ConfigureAwait(false);
            return list.Step(SetupOutcome.Created);
        }
        catch (CrmException e) when (HubSpotErrors.SaysItExists(e))
        {
            // Somebody else was faster; or the name serves a list of another type, which a search among contacts does not show.
            return Judge(list, await FindAsync(list.Name, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>A name is not enough: a list "Overdue" may be about invoices. All of ours look at the hand-over.</summary>
    private static SetupStep Judge(HubSpotList list, HubSpotFoundList? found) =>
        found is null || found.FilterBranch is { } filters && !filters.GetRawText().Contains(HandoverFields.Handover, StringComparison.Ordinal)
            ? list.ByHand("The name is taken by another list: give this one a name of its own.")
            : list.Step(SetupOutcome.Exists);

    private async Task<HubSpotFoundList?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.Api.ListByNameAsync(client.Paths.Lists, HubSpotList.ContactType, name, "true", cancellationToken).ConfigureAwait(false)).List;
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>Filters on time ask for the account's own zone. One that may not be read moves their first day by some hours.</summary>
    private async Task<string> ZoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await client.Api.AccountAsync(client.Paths.Account, cancellationToken).ConfigureAwait(false)).TimeZone ?? "UTC";
        }
        catch (CrmException e) when (e.Failure is CrmFailure.NotFound or CrmFailure.Refused)
        {
            return "UTC";
        }
    }
}
