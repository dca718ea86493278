namespace CrmSync.Adapters.Pipedrive;

/// <summary>How far polls lie apart: while events come they only find what went astray, and without them they may use half of our share.</summary>
internal static class PipedrivePace
{
    /// <summary>A page of leads, and one each of deals, persons, organisations and activities.</summary>
    private const int TokensARound = PipedriveCosts.LeadPage + (4 * PipedriveCosts.Page);
    private static readonly TimeSpan WithEvents = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Unknown = TimeSpan.FromMinutes(5);

    public static TimeSpan Of(PipedriveOptions options, CrmConnection connection, IReadOnlyList<QuotaStatus> quotas, bool isDeaf)
    {
        if (options.PollEvery is { } named)
            return named;
        if (connection is { PublicUrl: not null, WebhookSecrets.Count: > 0 } && !isDeaf)
            return WithEvents;
        return quotas.FirstOrDefault(q => q.Budget == PipedriveQuota.Tokens)?.Share is { } share
            ? TimeSpan.FromMinutes(Math.Clamp(TimeSpan.FromDays(1).TotalMinutes * TokensARound * 2 / share, 1, 60))
            : Unknown;
    }
}
