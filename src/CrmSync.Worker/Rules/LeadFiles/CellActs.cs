using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Puts together what the columns of one kind of act tell. A count is of the period before the judgement, so the record is complete
/// from its beginning on; its acts are dated by the column with the latest one, else by the judgement itself.
/// </summary>
internal sealed class CellActs
{
    private const long MostActs = 1_000_000_000;
    private DateTimeOffset? _lastAt;
    private long? _count, _total;
    private TimeSpan _period;
    private bool _never;

    /// <summary>Takes in one cell; false if its text is not what the column should hold.</summary>
    internal bool Add(MappedColumn column, string text, CellValues values, InstantReader instants)
    {
        if (text.Length == 0)
        {
            _never |= column.EmptyIsNever && column.Use == ColumnUse.LastAt;
            return !column.EmptyIsNever || column.Use == ColumnUse.LastAt || Counted(column, 0);
        }
        if (column.Use == ColumnUse.LastAt)
            return (_lastAt = instants.Parse(text)) is not null;
        return values.Number(text) is >= 0 and <= MostActs and var number && number == decimal.Truncate(number) && Counted(column, (long)number);
    }

    /// <summary>The acts as seen at the judgement, or nothing known.</summary>
    internal FactValue At(DateTimeOffset judged)
    {
        if (_lastAt is null && _count is null && _total is null && !_never)
            return FactValue.Unknown;
        var start = judged - _period;
        var dated = _lastAt is { } last && last >= start && last <= judged ? last : judged;
        return FactValue.Of(new Engagement
        {
            Acts = _count is > 0 and { } count ? [new(dated, (int)count)] : [],
            Total = _total,
            LastAt = _lastAt,
            CompleteSince = _count is not null ? start : _never && _lastAt is null ? DateTimeOffset.MinValue : null,
        });
    }

    private bool Counted(MappedColumn column, long number)
    {
        if (column.Use == ColumnUse.Count)
            (_count, _period) = (number, column.Period);
        else
            _total = number;
        return true;
    }
}
