namespace CrmSync.Leads.Kpis;

/// <summary>Companies in place of persons: one starts with its first acceptance, and is won with the first sale to any of its people.</summary>
internal static class CompanyView
{
    /// <param name="young">Whoever started after this tick is too young to tell.</param>
    internal static CohortCount Of(List<Sale> cohort, long young, TimeSpan horizon)
    {
        var count = new CohortCount();
        var companies = new Dictionary<int, (long Start, long Won, bool Imported)>();
        foreach (var sale in cohort)
        {
            var won = sale.IsConversion ? sale.WonAt : Sale.Never;
            if (companies.TryGetValue(sale.Company, out var known))
                companies[sale.Company] = (Math.Min(known.Start, sale.AcceptedAt), Math.Min(known.Won, won), known.Imported || sale.Imported);
            else
                companies.Add(sale.Company, (sale.AcceptedAt, won, sale.Imported));
        }
        foreach (var (start, won, imported) in companies.Values)
            count.Add(start > young, won != Sale.Never && won - start <= horizon.Ticks, imported);
        return count;
    }
}
