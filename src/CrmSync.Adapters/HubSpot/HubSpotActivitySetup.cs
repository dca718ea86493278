namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Gives tasks and notes the unique property that keeps each of them single. Whether an account may have one is not
/// documented: where it may not, set-up says so, and the key goes into the body.
/// </summary>
internal sealed class HubSpotActivitySetup(HubSpotClient client, HubSpotOptions options, string group)
{
    private const string InBody = "Tasks and notes are known by a word in their body instead.";

    public async Task<IReadOnlyList<SetupStep>> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        var steps = new List<SetupStep>();
        foreach (var type in options.KeysInProperty ? HubSpotActivityKeys.Types : [])
            steps.Add(await StepAsync(type, planOnly, cancellationToken).ConfigureAwait(false));
        return steps;
    }

    private async Task<SetupStep> StepAsync(string type, bool planOnly, CancellationToken cancellationToken)
    {
        var name = $"{type}.{HubSpotActivityKeys.Property}";
        try
        {
            if (await FindAsync(type, cancellationToken).ConfigureAwait(false) is { } known)
                return known.HasUniqueValue == true ? new("property", name, SetupOutcome.Exists) : new("property", name, SetupOutcome.Manual, $"It exists and is not unique, which cannot be changed. {InBody}");
            if (planOnly)
                return new("property", name, SetupOutcome.WouldCreate);
            await CreateAsync(type, cancellationToken).ConfigureAwait(false);
            return new("property", name, SetupOutcome.Created);
        }
        catch (CrmException e) when (HubSpotErrors.SaysItExists(e))
        {
            return new("property", name, SetupOutcome.Exists);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused)
        {
            return new("property", name, SetupOutcome.Manual, $"{e.Message} {e.Repair ?? InBody}");
        }
    }

    private async Task<HubSpotProperty?> FindAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Api.PropertyAsync(client.Paths.Properties, type, HubSpotActivityKeys.Property, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            return null;
        }
    }

    private async Task CreateAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            await client.Api.CreateGroupAsync(client.Paths.Properties, type, new(group, "CrmSync"), cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (HubSpotErrors.SaysItExists(e))
        {
            // Left by an earlier run.
        }
        var property = new HubSpotProperty(
            HubSpotActivityKeys.Property, "CrmSync", "string", "text", group, null, "Keeps each task and note of CrmSync single.", HasUniqueValue: true);
        await client.Api.CreatePropertyAsync(client.Paths.Properties, type, property, cancellationToken).ConfigureAwait(false);
    }
}
