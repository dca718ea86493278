using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Creates the hand-over's group, properties, options and lists. Running it again finds all there and does nothing.</summary>
internal sealed class HubSpotSetup(CrmConnection connection, HubSpotOptions options, HubSpotClient client)
{
    private const string Group = "crmsync";
    private readonly List<SetupStep> _steps = [];

    public async Task<IReadOnlyList<SetupStep>> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        await GroupAsync(planOnly, cancellationToken).ConfigureAwait(false);
        var answer = await client.Api.PropertiesAsync(client.Paths.Properties, HubSpotStreams.Contacts, cancellationToken).ConfigureAwait(false);
        var known = (answer.Results ?? []).Where(p => p.Name is not null).DistinctBy(p => p.Name).ToDictionary(p => p.Name!);
        foreach (var field in HandoverFields.Of(connection.Mapping.ReportFields))
        {
            if (known.GetValueOrDefault(field.Name) is { } property)
                await OptionsAsync(field, property, planOnly, cancellationToken).ConfigureAwait(false);
            else
                await CreateAsync("property", field.Name, planOnly,
                    () => client.Api.CreatePropertyAsync(client.Paths.Properties, HubSpotStreams.Contacts, Definition(field), cancellationToken)).ConfigureAwait(false);
        }
        _steps.AddRange(await new HubSpotActivitySetup(client, options, Group).RunAsync(planOnly, cancellationToken).ConfigureAwait(false));
        _steps.AddRange(await new HubSpotListSetup(connection, options, client).RunAsync(planOnly, cancellationToken).ConfigureAwait(false));
        return _steps;
    }

    private async Task GroupAsync(bool planOnly, CancellationToken cancellationToken)
    {
        try
        {
            await client.Api.GroupAsync(client.Paths.Properties, HubSpotStreams.Contacts, Group, cancellationToken).ConfigureAwait(false);
            _steps.Add(new("group", Group, SetupOutcome.Exists));
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            await CreateAsync("group", Group, planOnly,
                () => client.Api.CreateGroupAsync(client.Paths.Properties, HubSpotStreams.Contacts, new(Group, "CrmSync"), cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>A change of options replaces the list: what an admin added or relabelled is sent back as it was.</summary>
    private async Task OptionsAsync(HandoverField field, HubSpotProperty property, bool planOnly, CancellationToken cancellationToken)
    {
        var there = property.Options ?? [];
        var missing = Options(field).Where(o => there.All(t => t.Value != o.Value)).ToList();
        if (missing.Count == 0)
        {
            _steps.Add(new("property", field.Name, SetupOutcome.Exists));
            return;
        }
        var all = there.Concat(missing).Select((o, i) => o with { DisplayOrder = i }).ToList();
        await CreateAsync("options", field.Name, planOnly,
            () => client.Api.UpdatePropertyAsync(client.Paths.Properties, HubSpotStreams.Contacts, field.Name, new(all), cancellationToken),
            string.Join(", ", missing.Select(o => o.Value))).ConfigureAwait(false);
    }

    private async Task CreateAsync(string what, string name, bool planOnly, Func<Task> create, string? detail = null)
    {
        if (planOnly)
        {
            _steps.Add(new(what, name, SetupOutcome.WouldCreate, detail));
            return;
        }
        try
        {
            await create().ConfigureAwait(false);
            _steps.Add(new(what, name, SetupOutcome.Created, detail));
        }
        catch (CrmException e) when (HubSpotErrors.SaysItExists(e))
        {
            // Somebody else was faster.
            _steps.Add(new(what, name, SetupOutcome.Exists, detail));
        }
    }

    private HubSpotProperty Definition(HandoverField field)
    {
        var (type, fieldType) = field.Type switch
        {
            HandoverFieldType.List => ("enumeration", "select"),
            HandoverFieldType.LongText => ("string", "textarea"),
            HandoverFieldType.Instant => ("datetime", "date"),
            HandoverFieldType.Number => ("number", "number"),
            _ => ("string", "text"),
        };
        return new(field.Name, field.Label(connection.Language), type, fieldType, Group, field.Options.Count > 0 ? [.. Options(field)] : null);
    }

    private IEnumerable<HubSpotOption> Options(HandoverField field) =>
        field.Options.Select((o, i) => new HubSpotOption(o.Value, connection.Language == "da" ? o.Danish : o.English, Hidden: false, DisplayOrder: i));
}
