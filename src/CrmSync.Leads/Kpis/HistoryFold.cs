using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>
/// The history of one lead as episodes. An episode begins with the first entry beyond <see cref="HistoryStage.Lead"/>; a further
/// MQL opens another one only when the last has ended. An acceptance that nobody recorded is concluded from a later stage.
/// </summary>
public sealed class HistoryFold(string leadKey, bool imported)
{
    // By stage: looked up faster than told apart, since stages come in no order.
    private static readonly (LifecycleStage? To, HandoverState? State, bool IsLost)[] Steps = [.. Enum.GetValues<HistoryStage>().Select(StepOf)];
    private readonly List<EpisodeRow> _done = [];
    private readonly EpisodeFold _open = new((leadKey, 0), concludes: true);
    private string _leadKey = leadKey;
    private bool _isOpen;
    private LifecycleStage? _stage;
    private string? _leadSource, _source, _owner, _decidedBy, _connection, _company;
    private ulong _companyPrint;
    private bool _ended;

    /// <summary>Goes on with another lead; the episodes of the one before are to be done with.</summary>
    public void Restart(string leadKey)
    {
        _done.Clear();
        (_leadKey, _isOpen, _stage, _ended, _companyPrint) = (leadKey, false, null, false, 0);
        (_leadSource, _source, _owner, _decidedBy, _connection, _company) = (null, null, null, null, null, null);
    }

    /// <summary>Entries come in the order of their instants, equal ones in the order of their stages.</summary>
    public void Add(in HistoryEvent entry)
    {
        var (to, state, isLost) = Steps[(int)entry.Stage];
        if (!_isOpen && entry.Stage == HistoryStage.Lead)
        {
            _stage = to;
            Note(entry);
            return;
        }
        if (!_isOpen || (_ended && entry.Stage == HistoryStage.MarketingQualified))
            Begin();
        Note(entry);
        // A customer who is won again came from somewhere: the last sale counts.
        var from = _stage == LifecycleStage.Customer && to == LifecycleStage.Customer ? null : _stage;
        _open.Add(new(from, to ?? _stage, state) { At = new(entry.At.UtcTicks), IsLost = isLost, Imported = imported, Reason = entry.Reason });
        if (state is not null && entry.Owner is not null)
            _decidedBy = entry.Owner;
        _stage = to ?? _stage;
        _ended |= IsEnd(entry.Stage);
    }

    /// <summary>The episodes by number.</summary>
    public IReadOnlyList<EpisodeRow> Episodes()
    {
        Close();
        return _done;
    }

    private void Begin()
    {
        Close();
        _open.Restart((_leadKey, _done.Count + 1));
        _isOpen = true;
        (_source, _decidedBy, _ended) = (null, null, false);
    }

    private void Close()
    {
        if (!_isOpen)
            return;
        // What sales had before marketing sent it was not sent by marketing.
        _open.Beside = new(_connection, _company, _companyPrint, _source ?? _leadSource, _decidedBy ?? _owner, SellsItself: true);
        _done.Add(_open.Row);
        _isOpen = false;
    }

    private void Note(in HistoryEvent entry)
    {
        _leadSource ??= entry.Source;
        _source ??= entry.Source;
        if (entry.Owner is not null)
            _owner = entry.Owner;
        if (entry.Connection is not null)
            _connection = entry.Connection;
        if (entry.Company is not null)
            _company = entry.Company;
        if (entry.CompanyPrint != 0)
            _companyPrint = entry.CompanyPrint;
    }

    private static bool IsEnd(HistoryStage stage) => stage is HistoryStage.Rejected or HistoryStage.Recycled or HistoryStage.Disqualified
        or HistoryStage.Expired or HistoryStage.Superseded or HistoryStage.Customer or HistoryStage.Lost;

    private static (LifecycleStage? To, HandoverState? State, bool IsLost) StepOf(HistoryStage stage) => stage switch
    {
        HistoryStage.Lead => (LifecycleStage.Lead, null, false),
        HistoryStage.MarketingQualified => (LifecycleStage.MarketingQualified, null, false),
        HistoryStage.SalesAccepted => (LifecycleStage.SalesAccepted, HandoverState.Accepted, false),
        HistoryStage.AcceptedBySilence => (LifecycleStage.SalesAccepted, HandoverState.AcceptedBySilence, false),
        HistoryStage.SalesQualified => (LifecycleStage.SalesQualified, null, false),
        HistoryStage.Opportunity => (LifecycleStage.Opportunity, null, false),
        HistoryStage.Customer => (LifecycleStage.Customer, null, false),
        HistoryStage.Lost => (null, null, true),
        HistoryStage.Rejected => (null, HandoverState.Rejected, false),
        HistoryStage.Returned => (null, HandoverState.Returned, false),
        HistoryStage.Recycled => (null, HandoverState.Recycled, false),
        HistoryStage.Disqualified => (null, HandoverState.Disqualified, false),
        HistoryStage.Expired => (null, HandoverState.Expired, false),
        _ => (null, HandoverState.Superseded, false),
    };
}
