using System.Numerics;

namespace CrmSync.Leads.Kpis;

/// <summary>What is known of a company's first acceptance and first sale, in 24 bytes: a report holds one for each acceptance.</summary>
internal readonly record struct CompanySale
{
    private readonly long _packed;

    internal CompanySale(ulong company, long acceptedAt, long wonAt, bool imported) =>
        (Company, _packed, WonAt) = (company, (acceptedAt << 1) | (imported ? 1L : 0), wonAt);

    internal ulong Company { get; }
    internal long WonAt { get; }
    internal long AcceptedAt => _packed >> 1;
    internal bool Imported => (_packed & 1) != 0;

    /// <summary>From the first acceptance to the first sale; null: none was sold.</summary>
    internal long? Took => WonAt == Sale.Never ? null : WonAt - AcceptedAt;

    internal CompanySale With(in CompanySale other) =>
        new(Company, Math.Min(AcceptedAt, other.AcceptedAt), Math.Min(WonAt, other.WonAt), Imported || other.Imported);
}

/// <summary>Gathers the sales of each company in one.</summary>
/// <param name="sales">About how many will come.</param>
internal sealed class CompanyTable(int sales)
{
    private CompanySale[] _sales = new CompanySale[Math.Max(16, sales / 2)];
    private int _count;

    // By the last bits of what stands for the company, the next free place after; 0: free, and otherwise a place among the sales plus 1.
    private int[] _places = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, sales / 2)) * 2];

    internal ReadOnlySpan<CompanySale> Sales => _sales.AsSpan(0, _count);

    internal void Add(in CompanySale sale)
    {
        var place = PlaceOf(sale.Company);
        if (_places[place] != 0)
        {
            ref var known = ref _sales[_places[place] - 1];
            known = known.With(sale);
            return;
        }
        if (_count == _sales.Length)
        {
            Grow();
            place = PlaceOf(sale.Company);
        }
        _sales[_count++] = sale;
        _places[place] = _count;
    }

    private void Grow()
    {
        Array.Resize(ref _sales, _count * 2);
        if (_places.Length >= _sales.Length * 2)
            return;
        _places = new int[_places.Length * 2];
        for (var i = 0; i < _count; i++)
            _places[PlaceOf(_sales[i].Company)] = i + 1;
    }

    private int PlaceOf(ulong company)
    {
        // The very last bit may be the same of all.
        var place = (int)(company >> 1) & (_places.Length - 1);
        while (_places[place] != 0 && _sales[_places[place] - 1].Company != company)
            place = (place + 1) & (_places.Length - 1);
        return place;
    }
}
