namespace CrmSync.Adapters.HubSpot;

/// <summary>Whether tasks and notes can be kept single by HubSpot itself, and users told apart. Nothing of it stops the hand-over.</summary>
internal sealed class HubSpotActivityCheck(HubSpotClient client, HubSpotOptions options, ProblemList problems)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await OwnersAsync(cancellationToken).ConfigureAwait(false);
        foreach (var type in options.KeysInProperty ? HubSpotActivityKeys.Types : [])
            await KeyAsync(type, cancellationToken).ConfigureAwait(false);
    }

    private async Task OwnersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.Api.OwnersAsync(client.Paths.Owners, 1, null, "false", cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e)
        {
            HubSpotProblems.Report(problems, e, ProblemReach.Hint);
        }
    }

    /// <summary>Tasks and notes are kept single without it too, at the price of more calls.</summary>
    private async Task KeyAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            var property = await client.Api.PropertyAsync(client.Paths.Properties, type, HubSpotActivityKeys.Property, cancellationToken).ConfigureAwait(false);
            if (property.HasUniqueValue != true)
                problems.Add("activity-key-differs", ProblemReach.Hint, "Mapping:Options:ActivityKey",
                    $"The property '{HubSpotActivityKeys.Property}' of {type} is not unique: they are known by a word in their body.",
                    "Delete the property, then: crmsync setup");
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            problems.Add("activity-key-missing", ProblemReach.Hint, "Mapping:Options:ActivityKey",
                $"The unique property '{HubSpotActivityKeys.Property}' of {type} does not exist: they are known by a word in their body.",
                "crmsync setup, or Mapping:Options:ActivityKey: body where the account may not have one");
        }
        catch (CrmException e)
        {
            HubSpotProblems.Report(problems, e, ProblemReach.Hint);
        }
    }
}
