namespace CrmSync.Leads.Kpis;

/// <summary>
/// Counts the episodes of one group, one by one; what it keeps of each is a few numbers. The episodes of one lead must come one
/// after the other, by their numbers; the order of leads is free.
/// </summary>
public sealed class KpiTally
{
    private readonly KpiQuestion _question;
    private readonly AcceptanceTally _acceptance;
    private readonly CustomerTally _customers;
    private readonly DecisionTally _decisions;
    private readonly ReturnTally _returns;
    private readonly StageTally _stages;
    private int _rows;

    /// <param name="spill">Takes what is kept of so many episodes that it is too much for memory; null: all of it stays there.</param>
    public KpiTally(KpiQuestion question, ISpill? spill = null)
    {
        _question = question;
        (_acceptance, _customers, _decisions, _returns, _stages) = (new(question, spill), new(question, spill), new(question, spill), new(question), new(question, spill));
    }

    /// <summary>Sales that no duration counts; the first hundred.</summary>
    public IReadOnlyList<EpisodeRow> NotAveraged => _customers.NotAveraged;

    public void Add(EpisodeRow row)
    {
        _rows++;
        _acceptance.Add(row);
        _customers.Add(row);
        _decisions.Add(row);
        _returns.Add(row);
        _stages.Add(row);
    }

    /// <summary>Adds what was counted of other leads, which is of no use afterwards.</summary>
    public void Join(KpiTally other)
    {
        _rows += other._rows;
        _acceptance.Add(other._acceptance);
        _customers.Add(other._customers);
        _decisions.Add(other._decisions);
        _returns.Add(other._returns);
        _stages.Add(other._stages);
    }

    /// <summary>How long this group's SALs are given to become customers.</summary>
    public TimeSpan CustomerHorizon() => _question.CustomerHorizon ?? _customers.Horizon();

    /// <summary>All figures. Call it once.</summary>
    /// <param name="by">The name of the group; null for all.</param>
    /// <param name="customerHorizon">One for all groups that are compared.</param>
    public IReadOnlyList<KpiFigure> Figures(string? by, TimeSpan customerHorizon)
    {
        // With many rows a second processor is worth its while.
        const int many = 50_000;
        if (_rows > many)
            Parallel.Invoke(() => _customers.PrepareCompanies(customerHorizon), _customers.Prepare, _acceptance.Prepare, _stages.Prepare);
        var sheet = new Sheet(by);
        _acceptance.Write(sheet);
        _customers.Write(sheet, customerHorizon);
        _decisions.Write(sheet);
        _returns.Write(sheet);
        _stages.Write(sheet);
        return sheet.Figures;
    }
}
