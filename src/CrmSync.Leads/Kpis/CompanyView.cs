using System.Numerics;
using System.Runtime.InteropServices;

namespace CrmSync.Leads.Kpis;

/// <summary>Companies in place of persons: one starts with its first acceptance, and is won with the first sale to any of its people.</summary>
internal sealed class CompanyView(Horizons horizons, DateTimeOffset cutOff, ISpill? spill)
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const int MostInPart = 1 << 18;
    private readonly Pile<CompanySale> _sales = new(spill);
    private readonly HorizonCount _alone = new(horizons);
    private string? _lead;
    private CompanySale _ofLead;

    /// <summary>The leads without a company come with all of their episodes one after the other: each is a company of its own.</summary>
    internal void Add(EpisodeRow row, in Sale sale)
    {
        var won = sale.IsConversion ? sale.WonAt : Sale.Never;
        if ((row.Company is { } name ? Print(name) : row.CompanyPrint) is not 0 and var company)
        {
            _sales.Add(new CompanySale(company, sale.AcceptedAt, won, sale.Imported));
            return;
        }
        if (row.LeadKey != _lead)
            Flush();
        _ofLead = _lead is null ? new(0, sale.AcceptedAt, won, sale.Imported) : _ofLead.With(new(0, sale.AcceptedAt, won, sale.Imported));
        _lead = row.LeadKey;
    }

    /// <summary>Adds what another one was told of other leads; people of one company may be in both.</summary>
    internal void Add(CompanyView other)
    {
        other.Flush();
        _alone.Add(other._alone);
        _sales.Add(other._sales);
    }

    /// <summary>Call it once.</summary>
    internal CohortCount At(TimeSpan horizon)
    {
        Flush();
        var (count, young) = (_alone.At(horizon), (cutOff - horizon).UtcTicks);
        // A part of the companies at a time, by the first bits of what stands for them, so that the room for it is bounded.
        var bits = _sales.Count <= MostInPart ? 0 : BitOperations.Log2((uint)((_sales.Count - 1) / MostInPart)) + 1;
        for (var part = 0UL; part < 1UL << bits; part++)
        {
            var table = new CompanyTable(Math.Min(_sales.Count, MostInPart));
            foreach (var piece in _sales.Pieces())
                foreach (ref readonly var sale in piece.AsSpan())
                    // A shift by all 64 bits is none.
                    if (bits == 0 || sale.Company >> (64 - bits) == part)
                        table.Add(sale);
            foreach (ref readonly var sale in table.Sales)
                count.Add(sale.AcceptedAt > young, sale.Took <= horizon.Ticks, sale.Imported);
        }
        return count;
    }

    private void Flush()
    {
        if (_lead is not null)
            _alone.Add(cutOff.UtcTicks - _ofLead.AcceptedAt, _ofLead.Took, _ofLead.Imported);
        _lead = null;
    }

    /// <summary>What stands for a company: 64 bits, so that many millions are told apart. FNV-1a with a final mix; the names need not be kept.</summary>
    private static ulong Print(string company)
    {
        var hash = Basis;
        foreach (var c in MemoryMarshal.Cast<char, ushort>(company.AsSpan()))
            hash = (hash ^ c) * Prime;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }
}
