using System.Globalization;
using CrmSync.Adapters.Quota;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Creates the hand-over's fields and options, and puts the webhooks in order. Running it again finds all there and does nothing.</summary>
internal sealed class PipedriveSetup(CrmConnection connection, PipedriveOptions options, PipedriveClient client, PipedriveSchema schema)
{
    /// <summary>On pages of leads, of persons and organisations by their ids, and of activities, one for each lead.</summary>
    private const double TokensALead = (PipedriveCosts.LeadPage / 500.0) + (2 * PipedriveCosts.Page / 100.0) + (PipedriveCosts.Page / 500.0);

    public async Task<IReadOnlyList<SetupStep>> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        schema.Forget();
        var book = await schema.ReadAsync(cancellationToken).ConfigureAwait(false);
        var fields = await new PipedriveFieldSetup(connection, options, client).RunAsync(book, planOnly, cancellationToken).ConfigureAwait(false);
        var webhooks = await new PipedriveSubscriptions(connection, options, client).RunAsync(planOnly, cancellationToken).ConfigureAwait(false);
        schema.Forget();
        return [.. fields, .. webhooks, Filters, FirstReading()];
    }

    /// <summary>Filters of people's own making are theirs alone, so that a recipe serves a team better.</summary>
    private static SetupStep Filters => new("filters", "Leads Inbox", SetupOutcome.Manual,
        "Leads > Filter > Add new, shared with all: 'Waiting for an answer' = Hand-over is Waiting; 'Rejected or returned' = Hand-over is Rejected, or Returned, and updated in the last week; 'Almost there' = Fit over 60 and Hand-over empty.");

    /// <summary>What the first reading of all leads takes, which goes on over the days within the part that sweeps may use.</summary>
    private SetupStep FirstReading()
    {
        var daily = client.Quotas.FirstOrDefault(q => q.Budget == PipedriveQuota.Tokens)?.Share;
        var part = daily * QuotaParts.Of(QuotaPurpose.Sweep);
        var pace = part is { } tokens ? string.Create(CultureInfo.InvariantCulture, $": {tokens:#,0} tokens a day for it are about {tokens / TokensALead:#,0} leads a day, and 200,000 leads take {Math.Ceiling(200_000 * TokensALead / tokens)} days")
            : "; name Mapping:Options:Plan and Seats to see how long it takes";
        return new("first reading", "tokens", SetupOutcome.Exists,
            string.Create(CultureInfo.InvariantCulture, $"It reads leads by pages, at {TokensALead:0.00} tokens a lead with person and organisation (one by one it would be 4){pace}. Where leads have more than 50,000 activities, a lead that has some takes {PipedriveCosts.Page} more. Before each reading of all leads, once a day, all activities of the company are walked through, {PipedriveCosts.Page} tokens for 500 of them; Mapping:Options:Activities: none spares both."));
    }
}
