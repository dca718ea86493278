namespace CrmSync.Leads.Kpis;

/// <summary>
/// What came back: recycling, second chances, work that led to no sale, and answers against the rules with who was right.
/// The episodes of one lead come one after the other.
/// </summary>
internal sealed class ReturnTally(KpiQuestion question)
{
    private readonly Spans _wasted = new(TimeSpan.TicksPerDay, isKept: false);
    private int _accepted, _recycled, _stillOpen, _ended, _endedUnsold;
    private int _second, _secondAccepted, _secondOpen, _secondWon, _turnedDown, _cameBack;
    private int _decided, _againstRules, _saidNo, _noThenWon, _saidYes, _yesThenWon;
    private string? _lead;
    private bool _wasTurnedDown, _hasReturned;
    private int _noBefore;

    internal void Add(EpisodeRow row)
    {
        if (row.Superseded)
            return;
        if (row.LeadKey != _lead)
            (_lead, _wasTurnedDown, _hasReturned, _noBefore) = (row.LeadKey, false, false, 0);
        if (question.Has(row.At.Accepted))
            Accepted(row);
        if (_wasTurnedDown && question.Has(row.At.Mql))
            SecondChance(row);
        Answer(row);
        if (question.IsIn(row.RejectedForGood) || question.IsIn(row.At.Recycled))
        {
            _turnedDown += _wasTurnedDown ? 0 : 1;
            _wasTurnedDown = true;
        }
    }

    /// <summary>As <see cref="KpiTally.Join"/>.</summary>
    internal void Add(ReturnTally other)
    {
        _wasted.Add(other._wasted);
        (_accepted, _recycled, _stillOpen) = (_accepted + other._accepted, _recycled + other._recycled, _stillOpen + other._stillOpen);
        (_ended, _endedUnsold) = (_ended + other._ended, _endedUnsold + other._endedUnsold);
        (_second, _secondAccepted, _secondOpen) = (_second + other._second, _secondAccepted + other._secondAccepted, _secondOpen + other._secondOpen);
        (_secondWon, _turnedDown, _cameBack) = (_secondWon + other._secondWon, _turnedDown + other._turnedDown, _cameBack + other._cameBack);
        (_decided, _againstRules) = (_decided + other._decided, _againstRules + other._againstRules);
        (_saidNo, _noThenWon) = (_saidNo + other._saidNo, _noThenWon + other._noThenWon);
        (_saidYes, _yesThenWon) = (_saidYes + other._saidYes, _yesThenWon + other._yesThenWon);
    }

    internal void Write(Sheet sheet)
    {
        sheet.Share("recycled", _recycled, _accepted, _stillOpen);
        sheet.Share("wasted-work", _endedUnsold, _ended, _stillOpen);
        sheet.Span("wasted-work.days", KpiMeasure.Days, _wasted, 0, d => d.Mean(), null);
        sheet.Share("re-mql", "person", _cameBack, _turnedDown, 0, 0);
        sheet.Share("second-chance", _secondAccepted, _second, _secondOpen);
        sheet.Share("second-chance.won", _secondWon, _secondAccepted, 0);
        sheet.Share("override", _againstRules, _decided, 0);
        sheet.Share("override.no.then-won", _noThenWon, _saidNo, 0);
        sheet.Share("override.yes.then-won", _yesThenWon, _saidYes, 0);
    }

    private void Accepted(EpisodeRow row)
    {
        _accepted++;
        var (won, recycled, lost) = (question.IsIn(row.At.Won), question.IsIn(row.At.Recycled), question.IsIn(row.At.Lost));
        _recycled += recycled ? 1 : 0;
        if (!won && !recycled && !lost)
        {
            _stillOpen++;
            return;
        }
        _ended++;
        if (won)
            return;
        _endedUnsold++;
        var end = recycled && (!lost || row.At.Recycled.Ticks < row.At.Lost.Ticks) ? row.At.Recycled : row.At.Lost;
        if (end.Ticks > row.At.Accepted.Ticks)
            _wasted.Add(TimeSpan.FromTicks(end.Ticks - row.At.Accepted.Ticks));
    }

    private void SecondChance(EpisodeRow row)
    {
        _cameBack += _hasReturned ? 0 : 1;
        _hasReturned = true;
        if (question.IsIn(row.At.Accepted))
        {
            (_second, _secondAccepted) = (_second + 1, _secondAccepted + 1);
            _secondWon += question.IsIn(row.At.Won) ? 1 : 0;
        }
        else if (question.IsIn(row.RejectedForGood))
        {
            _second++;
        }
        else
        {
            _secondOpen++;
        }
    }

    /// <summary>The rules sent every lead that was offered, but for what marketing sent or sales took on its own.</summary>
    private void Answer(EpisodeRow row)
    {
        var won = question.IsIn(row.At.Won);
        // A lead that was turned down and sold later: the no was wrong.
        if (won)
            (_noThenWon, _noBefore) = (_noThenWon + _noBefore, 0);
        if (!question.Has(row.At.Decided))
            return;
        _decided++;
        var againstRules = row.SalesGenerated || row.Override;
        if (question.IsIn(row.At.Accepted) && againstRules)
        {
            (_againstRules, _saidYes) = (_againstRules + 1, _saidYes + 1);
            _yesThenWon += won ? 1 : 0;
        }
        else if (question.IsIn(row.RejectedForGood) && !againstRules)
        {
            (_againstRules, _saidNo) = (_againstRules + 1, _saidNo + 1);
            if (won)
                _noThenWon++;
            else
                _noBefore++;
        }
    }
}
