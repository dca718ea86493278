namespace CrmSync.Leads.Kpis;

/// <summary>The instants of an episode, as <see cref="EpisodeRow"/> names them.</summary>
internal record struct EpisodeMoments
{
    internal Moment Mql, Offered, Due, Decided, Accepted, Rejected, Lapsed, SalesQualified, Won, Lost, Recycled, Contacted, StageSince;
}
