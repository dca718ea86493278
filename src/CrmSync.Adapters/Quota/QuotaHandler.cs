using System.Net;

namespace CrmSync.Adapters.Quota;

/// <summary>A refusal for want of quota. <paramref name="Park"/>: not worth waiting for, the work is put aside.</summary>
internal sealed record Throttle(string? Budget, TimeSpan Wait, bool Park)
{
    /// <summary>What it is where it is no quota that is spent.</summary>
    public QuotaShut? Shut { get; init; }
}

/// <summary>What a vendor's folder knows of its quotas.</summary>
internal interface IQuotaRules
{
    IReadOnlyList<QuotaLimit> Limits { get; }

    /// <summary>The names of the budgets that a request draws on; the ones that park come first.</summary>
    IReadOnlyList<string> BudgetsOf(HttpRequestMessage request);

    /// <summary>What a request takes of a budget, at least one.</summary>
    int CostOf(string budget, HttpRequestMessage request) => 1;

    /// <summary>What an answer tells is left of a budget for everybody, and of how many; null where it does not say of how many.</summary>
    IEnumerable<(string Budget, int Left, int? Whole)> Remaining(HttpResponseMessage response) => [];

    /// <summary>Limits that an answer tells of.</summary>
    IEnumerable<(string Budget, int Limit)> Observe(HttpResponseMessage response);

    /// <summary>Whether an answer may be a refusal for want of quota; most vendors have a status for it.</summary>
    bool MayThrottle(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.TooManyRequests;

    /// <summary>What such an answer asks for; null: it is another refusal.</summary>
    Task<Throttle?> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>
/// Keeps a connection within its share. A request that the vendor refused for quota was certainly not applied, so even a
/// write waits and goes again; what must wait long is parked.
/// </summary>
internal sealed class QuotaHandler(IQuotaRules rules, CrmConnection connection, IQuotaLedger ledger, TimeProvider time, QuotaPlanner? planner = null) : DelegatingHandler
{
    private const int MostWaits = 4;
    private readonly Dictionary<string, QuotaBudget> _budgets = rules.Limits.ToDictionary(
        l => l.Budget, l => new QuotaBudget(l, connection.QuotaShare, connection.Name, ledger, time));

    /// <summary>How the quotas of a day stand.</summary>
    public IReadOnlyList<QuotaStatus> Status() => [.. _budgets.Values.Where(b => b.IsPlanned).Select(b => b.Status())];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var budgets = rules.BudgetsOf(request).Select(name => _budgets[name]).ToList();
        for (var waits = 0; ; waits++)
        {
            var response = await SpendAsync(request, budgets, cancellationToken).ConfigureAwait(false);
            if (!rules.MayThrottle(response)
                || await rules.ReadAsync(request, response, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not { } throttle)
                return response;
            using (response)
            {
                var tired = waits == MostWaits;
                (_budgets.GetValueOrDefault(throttle.Budget ?? "") ?? budgets[^1]).Pause(throttle.Wait, throttle.Shut);
                if (throttle.Park || tired)
                    throw QuotaRefusals.Spent(throttle.Shut, time.GetUtcNow() + throttle.Wait);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var budget in _budgets.Values)
                budget.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> SpendAsync(HttpRequestMessage request, List<QuotaBudget> budgets, CancellationToken cancellationToken)
    {
        var held = new List<(QuotaBudget Budget, int Cost)>(budgets.Count);
        try
        {
            foreach (var budget in budgets)
            {
                var cost = rules.CostOf(budget.Name, request);
                await budget.AcquireAsync(cancellationToken, cost, planner?.Purpose ?? QuotaPurpose.Decision).ConfigureAwait(false);
                held.Add((budget, cost));
            }
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var (name, limit) in rules.Observe(response))
                _budgets[name].Learn(limit);
            foreach (var (name, left, whole) in rules.Remaining(response))
                _budgets[name].Left(left, whole);
            return response;
        }
        finally
        {
            held.ForEach(h => h.Budget.Release(h.Cost));
        }
    }
}
