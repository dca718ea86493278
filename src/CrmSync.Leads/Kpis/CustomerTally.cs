namespace CrmSync.Leads.Kpis;

/// <summary>SAL to customer by person and by company, and the time from SAL to the won sale.</summary>
internal sealed class CustomerTally(KpiQuestion question)
{
    private const decimal ShortestHorizon = 90;
    private const decimal LongestHorizon = 540;
    private const int MostListed = 100;
    private readonly List<Sale> _sales = [];
    private readonly List<EpisodeRow> _notAveraged = [];
    private int _notAveragedCount;
    private long _aloneNumber;
    private string? _alone;

    internal IReadOnlyList<EpisodeRow> NotAveraged => _notAveraged;

    internal void Add(EpisodeRow row)
    {
        if (row.Superseded || !question.IsIn(row.AcceptedAt))
            return;
        var sale = Sale.Of(row, question, CompanyOf(row));
        _sales.Add(sale);
        if (!sale.InPeriod || !sale.IsWon || sale.HasDuration)
            return;
        if (_notAveragedCount++ < MostListed)
            _notAveraged.Add(row);
    }

    /// <summary>
    /// How long a SAL cohort is given: the 90th percentile of past days to the won sale, whatever the period, within 90 to 540;
    /// 90 while there are too few to tell.
    /// </summary>
    internal TimeSpan Horizon() => Horizon(Durations(_sales));

    internal static TimeSpan Horizon(Spans days)
    {
        var usual = days.Count < Statistics.Fewest ? ShortestHorizon : days.Quantile(0.9m);
        return TimeSpan.FromDays((double)Math.Ceiling(Math.Clamp(usual, ShortestHorizon, LongestHorizon)));
    }

    internal void Write(Sheet sheet, TimeSpan horizon)
    {
        var cohort = question.Period == default ? _sales : _sales.FindAll(sale => sale.InPeriod);
        Rates(sheet, cohort, horizon);
        Times(sheet, cohort, horizon);
    }

    private void Rates(Sheet sheet, List<Sale> cohort, TimeSpan horizon)
    {
        var within = new KpiRemark(KpiRemarkKind.WithinDays, (long)horizon.TotalDays);
        var young = (question.CutOff - horizon).UtcTicks;
        CohortCount persons = new(), qualified = new(), fromQualified = new();
        foreach (var sale in cohort)
        {
            persons.Add(sale.AcceptedAt > young, sale.IsConversion && sale.WonAt - sale.AcceptedAt <= horizon.Ticks, sale.Imported);
            qualified.Add(sale.AcceptedAt > young, sale.QualifiedAt != Sale.Never && sale.QualifiedAt - sale.AcceptedAt <= horizon.Ticks, sale.Imported);
            if (sale.QualifiedAt != Sale.Never)
                fromQualified.Add(sale.QualifiedAt > young, sale.IsWon && sale.WonAt >= sale.QualifiedAt && sale.WonAt - sale.QualifiedAt <= horizon.Ticks, sale.Imported);
        }
        var companies = CompanyView.Of(cohort, young, horizon);
        persons.Write(sheet, "sal-to-customer", "episode", within);
        companies.Write(sheet, "sal-to-customer.company", "company", within);
        sheet.Add(new("sal-to-customer.person-less-company", 1, "episode", null, persons.Hits - companies.Hits, persons.N - companies.N, 0)
        {
            Measure = KpiMeasure.Count, Value = persons.Hits - companies.Hits, Remarks = [within],
        });
        qualified.Write(sheet, "sal-to-sql", "episode", within);
        fromQualified.Write(sheet, "sql-to-customer", "episode", within);
    }

    private void Times(Sheet sheet, List<Sale> cohort, TimeSpan horizon)
    {
        var days = Durations(cohort);
        var (open, ages) = Open(cohort);
        List<KpiRemark> closed = [new(KpiRemarkKind.ClosedOnly)];
        if (_notAveragedCount > 0)
            closed.Add(new(KpiRemarkKind.NotAveraged, _notAveragedCount));
        sheet.Span("sal-to-won.median", KpiMeasure.Days, days, open, d => d.Quantile(0.5m), days.MedianInterval(), closed);
        sheet.Span("sal-to-won.mean", KpiMeasure.Days, days, open, d => d.Mean(), null, closed);
        sheet.Span("sal-to-won.p75", KpiMeasure.Days, days, open, d => d.Quantile(0.75m), null, closed);
        sheet.Span("sal-to-won.p90", KpiMeasure.Days, days, open, d => d.Quantile(0.9m), null, closed);
        var cases = new List<IncidenceCase>(cohort.Count);
        foreach (var sale in cohort)
            if (!sale.Inferred && !(sale.IsWon && !sale.HasDuration))
                cases.Add(Case(sale));
        var (incidence, watched) = (new CumulativeIncidence(cases), cases.Count(c => c.End == IncidenceEnd.Open));
        sheet.Add(IncidenceFigures.At("sal-to-customer.incidence", incidence, cases.Count, watched, horizon));
        foreach (var figure in IncidenceFigures.Times("sal-to-won", incidence, cases.Count, watched))
            sheet.Add(figure);
        sheet.Span("sal-open.age", KpiMeasure.Days, ages, 0, d => d.Quantile(0.5m), ages.MedianInterval());
    }

    // Lost and reopened, it is won in the end.
    private IncidenceCase Case(Sale sale) => sale switch
    {
        { HasDuration: true } => new(sale.WonAt - sale.AcceptedAt, IncidenceEnd.Wanted),
        { EndedAt: not Sale.Never } => new(Math.Max(0, sale.EndedAt - sale.AcceptedAt), IncidenceEnd.Other),
        _ => new(question.CutOff.UtcTicks - sale.AcceptedAt, IncidenceEnd.Open),
    };

    private (int Open, Spans Ages) Open(List<Sale> cohort)
    {
        var ages = Spans.OfDays();
        foreach (var sale in cohort)
            if (!sale.IsWon && sale.EndedAt == Sale.Never)
                ages.Add(TimeSpan.FromTicks(question.CutOff.UtcTicks - sale.AcceptedAt));
        return (ages.Count, ages);
    }

    private static Spans Durations(List<Sale> sales)
    {
        var days = Spans.OfDays();
        foreach (var sale in sales)
            if (sale.HasDuration)
                days.Add(TimeSpan.FromTicks(sale.WonAt - sale.AcceptedAt), sale.Imported);
        return days;
    }

    /// <summary>A lead without a company is one of its own, with all of its episodes; those come one after the other.</summary>
    private long CompanyOf(EpisodeRow row)
    {
        if (row.Company is { } company)
            return CompanyView.Print(company);
        if (row.LeadKey != _alone)
            (_alone, _aloneNumber) = (row.LeadKey, _aloneNumber + 2);
        return _aloneNumber;
    }
}
