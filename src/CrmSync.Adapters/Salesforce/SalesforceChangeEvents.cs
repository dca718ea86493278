using System.Text.Json;
using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Which objects the org tells changes of, and the choice of those that are missing.</summary>
internal sealed class SalesforceChangeEvents(SalesforceOptions options, SalesforceClient client)
{
    private const string Member = "PlatformEventChannelMember";
    private const string Suffix = "ChangeEvent";
    private const string Prefix = "/data/";

    /// <summary>The org's own channel, where objects are selected whose topics are listened to one by one.</summary>
    private const string Standard = "ChangeEvents";

    /// <summary>An org may select five objects; tasks and meetings are left to the poll.</summary>
    private static readonly string[] Wanted = [SalesforceStreams.Leads, SalesforceStreams.Contacts, SalesforceStreams.Opportunities, SalesforceStreams.CampaignMembers, SalesforceStreams.Accounts];

    /// <summary>Objects that are watched and whose changes are not told; null where our user may not know.</summary>
    public async Task<IReadOnlyList<string>?> MissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var query = SoqlQuery.Of(Member, ["Id", "EventChannel", "SelectedEntity"]);
            var page = await client.Api.ToolingQueryAsync(client.Paths.Data, query.ToString(), cancellationToken).ConfigureAwait(false);
            var told = SalesforceQueries.Records(page).Where(r => r["EventChannel"] is { } channel && Channels.Contains(channel)).Select(r => r["SelectedEntity"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return [.. Objects.Where(o => !told.Contains(o + Suffix) && !told.Contains(o))];
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<SetupStep>> SetupAsync(bool planOnly, CancellationToken cancellationToken)
    {
        if (options.StreamUrl is null)
            return [];
        if (await MissingAsync(cancellationToken).ConfigureAwait(false) is not { } missing)
            return [ByHand(Objects, "which are selected cannot be read")];
        if (missing.Count == 0 || planOnly)
            return [new("change events", Channels[0], missing.Count == 0 ? SetupOutcome.Exists : SetupOutcome.WouldCreate, missing.Count == 0 ? null : string.Join(", ", missing))];
        var steps = new List<SetupStep>();
        foreach (var type in missing)
            steps.Add(await SelectAsync(type, cancellationToken).ConfigureAwait(false));
        return steps;
    }

    private List<string> Topics => [.. options.Channels.Select(c => c.StartsWith(Prefix, StringComparison.Ordinal) ? c[Prefix.Length..] : c)];

    /// <summary>The channels by the name under which their members name them.</summary>
    private List<string> Channels => [.. Topics.Select(t => IsOfOneObject(t) ? Standard : t).Distinct()];

    /// <summary>What is to be told: all that is watched, unless only single objects are listened to.</summary>
    private IEnumerable<string> Objects =>
        Wanted.Where(options.Streams.Contains).Select(SalesforceStreams.ObjectOf).Where(o => Topics.Exists(t => !IsOfOneObject(t) || t == o + Suffix));

    private static bool IsOfOneObject(string topic) => topic.EndsWith(Suffix, StringComparison.Ordinal);

    private async Task<SetupStep> SelectAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            var channel = Topics.Contains(type + Suffix) ? Standard : Channels[0];
            var definition = JsonSerializer.SerializeToElement(new Dictionary<string, object?>
            {
                ["FullName"] = $"{channel}_{type}{Suffix}",
                ["Metadata"] = new Dictionary<string, object?> { ["eventChannel"] = channel, ["selectedEntity"] = type + Suffix },
            });
            await client.Api.CreateToolingAsync(client.Paths.Data, Member, definition, cancellationToken).ConfigureAwait(false);
            return new("change events", type, SetupOutcome.Created);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return ByHand([type], SalesforceErrors.Describe(e));
        }
    }

    private static SetupStep ByHand(IEnumerable<string> types, string why) => new("change events", string.Join(", ", types), SetupOutcome.Manual,
        $"Setup > Integrations > Change Data Capture: select {string.Join(", ", types)}. Without it changes are found by polling. ({why})");
}
