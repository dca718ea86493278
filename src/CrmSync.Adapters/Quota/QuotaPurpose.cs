namespace CrmSync.Adapters.Quota;

/// <summary>What a request is for, in the order in which work gives way when a day's purse runs low: the last one rests first.</summary>
internal enum QuotaPurpose
{
    /// <summary>Reading, judging and writing leads that somebody waits for. It uses the whole share.</summary>
    Decision,

    /// <summary>Asking what changed.</summary>
    Poll,

    /// <summary>Walking all leads.</summary>
    Sweep,
}

/// <summary>How far into our share of a day each purpose may reach.</summary>
internal static class QuotaParts
{
    public static double Of(QuotaPurpose purpose) => purpose switch
    {
        QuotaPurpose.Sweep => 0.6,
        QuotaPurpose.Poll => 0.85,
        _ => 1,
    };

    /// <summary>Windows that are planned. In shorter ones work waits its turn instead.</summary>
    public static bool ArePlanned(TimeSpan window) => window > TimeSpan.FromHours(1);
}

/// <summary>Carries the purpose of the work at hand to the requests that it makes.</summary>
internal sealed class QuotaPlanner
{
    private readonly AsyncLocal<QuotaPurpose> _purpose = new();

    public QuotaPurpose Purpose => _purpose.Value;

    /// <summary>All requests of a piece of work are for this.</summary>
    public async Task<T> ForAsync<T>(QuotaPurpose purpose, Func<Task<T>> work)
    {
        // Set in an asynchronous method, so that it ends with it.
        _purpose.Value = purpose;
        return await work().ConfigureAwait(false);
    }
}
