namespace CrmSync.Leads.Kpis;

/// <summary>SAL to customer by person and by company, and the time from SAL to the won sale.</summary>
internal sealed class CustomerTally
{
    private const int MostListed = 100;
    private readonly KpiQuestion _question;
    private readonly HorizonCount _persons, _qualified, _fromQualified;
    private readonly CompanyView _companies;
    private readonly Pile<long> _cases;
    private readonly Spans _days, _ages;

    // The same where all sales are asked for.
    private readonly Spans _past;
    private readonly List<EpisodeRow> _notAveraged = [];
    private CumulativeIncidence? _incidence;
    private CohortCount? _byCompany;
    private int _notAveragedCount, _timed, _watched;

    internal CustomerTally(KpiQuestion question, ISpill? spill)
    {
        var horizons = Horizons.Of(question);
        (_question, _persons, _qualified, _fromQualified) = (question, new(horizons), new(horizons), new(horizons));
        (_companies, _cases, _days, _ages) = (new(horizons, question.CutOff, spill), new(spill), Spans.OfDays(spill), Spans.OfDays(spill));
        _past = question.Period == default ? _days : Spans.OfDays(spill);
    }

    internal IReadOnlyList<EpisodeRow> NotAveraged => _notAveraged;

    private CumulativeIncidence Incidence => _incidence ??= new(_cases);

    internal void Add(EpisodeRow row)
    {
        if (row.Superseded || !_question.IsIn(row.At.Accepted))
            return;
        var sale = Sale.Of(row, _question);
        if (sale.HasDuration && _past != _days)
            _past.Add(TimeSpan.FromTicks(sale.WonAt - sale.AcceptedAt), sale.Imported);
        if (!_question.Period.Has(row.At.Accepted))
            return;
        Rate(row, sale);
        Time(sale);
        if (sale.IsWon && !sale.HasDuration && _notAveragedCount++ < MostListed)
            _notAveraged.Add(row);
    }

    /// <summary>As <see cref="KpiTally.Join"/>.</summary>
    internal void Add(CustomerTally other)
    {
        _persons.Add(other._persons);
        _qualified.Add(other._qualified);
        _fromQualified.Add(other._fromQualified);
        _companies.Add(other._companies);
        _cases.Add(other._cases);
        _days.Add(other._days);
        _ages.Add(other._ages);
        if (_past != _days)
            _past.Add(other._past);
        _notAveraged.AddRange(other._notAveraged.Take(MostListed - _notAveraged.Count));
        (_notAveragedCount, _timed, _watched) = (_notAveragedCount + other._notAveragedCount, _timed + other._timed, _watched + other._watched);
    }

    /// <summary>How long a SAL cohort is given: what past sales took, whatever the period.</summary>
    internal TimeSpan Horizon() => Horizons.Usual(_past);

    /// <summary>What takes time before it is written, but for <see cref="PrepareCompanies"/>.</summary>
    internal void Prepare()
    {
        _days.Prepare();
        _ages.Prepare();
        Incidence.Prepare();
    }

    /// <summary>The other half of it.</summary>
    internal void PrepareCompanies(TimeSpan horizon) => _byCompany = _companies.At(horizon);

    internal void Write(Sheet sheet, TimeSpan horizon)
    {
        Rates(sheet, horizon);
        Times(sheet, horizon);
    }

    private void Rate(EpisodeRow row, in Sale sale)
    {
        var age = _question.CutOff.UtcTicks - sale.AcceptedAt;
        _persons.Add(age, sale.IsConversion ? sale.WonAt - sale.AcceptedAt : null, sale.Imported);
        _qualified.Add(age, sale.QualifiedAt != Sale.Never ? sale.QualifiedAt - sale.AcceptedAt : null, sale.Imported);
        if (sale.QualifiedAt != Sale.Never)
            _fromQualified.Add(_question.CutOff.UtcTicks - sale.QualifiedAt, sale.IsWon && sale.WonAt >= sale.QualifiedAt ? sale.WonAt - sale.QualifiedAt : null, sale.Imported);
        _companies.Add(row, sale);
    }

    private void Time(in Sale sale)
    {
        if (sale.HasDuration)
            _days.Add(TimeSpan.FromTicks(sale.WonAt - sale.AcceptedAt), sale.Imported);
        else if (!sale.IsWon && sale.EndedAt == Sale.Never)
            _ages.Add(TimeSpan.FromTicks(_question.CutOff.UtcTicks - sale.AcceptedAt));
        if (sale.Inferred || (sale.IsWon && !sale.HasDuration))
            return;
        var watched = Case(sale);
        _cases.Add(watched.Packed);
        _timed++;
        _watched += watched.End == IncidenceEnd.Open ? 1 : 0;
    }

    private void Rates(Sheet sheet, TimeSpan horizon)
    {
        var within = new KpiRemark(KpiRemarkKind.WithinDays, (long)horizon.TotalDays);
        var (persons, companies) = (_persons.At(horizon), _byCompany ?? _companies.At(horizon));
        persons.Write(sheet, "sal-to-customer", "episode", within);
        companies.Write(sheet, "sal-to-customer.company", "company", within);
        sheet.Add(new("sal-to-customer.person-less-company", 1, "episode", null, persons.Hits - companies.Hits, persons.N - companies.N, 0)
        {
            Measure = KpiMeasure.Count, Value = persons.Hits - companies.Hits, Remarks = [within],
        });
        _qualified.At(horizon).Write(sheet, "sal-to-sql", "episode", within);
        _fromQualified.At(horizon).Write(sheet, "sql-to-customer", "episode", within);
    }

    private void Times(Sheet sheet, TimeSpan horizon)
    {
        var open = _ages.Count;
        List<KpiRemark> closed = [new(KpiRemarkKind.ClosedOnly)];
        if (_notAveragedCount > 0)
            closed.Add(new(KpiRemarkKind.NotAveraged, _notAveragedCount));
        sheet.Span("sal-to-won.median", KpiMeasure.Days, _days, open, d => d.Quantile(0.5m), _days.MedianInterval(), closed);
        sheet.Span("sal-to-won.mean", KpiMeasure.Days, _days, open, d => d.Mean(), null, closed);
        sheet.Span("sal-to-won.p75", KpiMeasure.Days, _days, open, d => d.Quantile(0.75m), null, closed);
        sheet.Span("sal-to-won.p90", KpiMeasure.Days, _days, open, d => d.Quantile(0.9m), null, closed);
        var (incidence, n) = (Incidence, _timed);
        sheet.Add(IncidenceFigures.At("sal-to-customer.incidence", incidence, n, _watched, horizon));
        foreach (var figure in IncidenceFigures.Times("sal-to-won", incidence, n, _watched))
            sheet.Add(figure);
        sheet.Span("sal-open.age", KpiMeasure.Days, _ages, 0, d => d.Quantile(0.5m), _ages.MedianInterval());
    }

    // Lost and reopened, it is won in the end.
    private IncidenceCase Case(in Sale sale) => sale switch
    {
        { HasDuration: true } => new(sale.WonAt - sale.AcceptedAt, IncidenceEnd.Wanted),
        { EndedAt: not Sale.Never } => new(Math.Max(0, sale.EndedAt - sale.AcceptedAt), IncidenceEnd.Other),
        _ => new(_question.CutOff.UtcTicks - sale.AcceptedAt, IncidenceEnd.Open),
    };
}
