using System.Numerics;
using System.Runtime.InteropServices;

namespace CrmSync.Leads.Kpis;

/// <summary>Companies in place of persons: one starts with its first acceptance, and is won with the first sale to any of its people.</summary>
internal sealed class CompanyView(Horizons horizons, DateTimeOffset cutOff)
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private readonly Pile<CompanySale> _sales = new();
    private readonly HorizonCount _alone = new(horizons);
    private string? _lead;
    private CompanySale _ofLead;
    private (CompanySale[] Sales, int[] Places)? _prepared;

    /// <summary>The leads without a company come with all of their episodes one after the other: each is a company of its own.</summary>
    internal void Add(EpisodeRow row, in Sale sale)
    {
        var won = sale.IsConversion ? sale.WonAt : Sale.Never;
        if ((row.Company is { } name ? Print(name) : row.CompanyPrint) is not 0 and var company)
        {
            _sales.Add(new(company, sale.AcceptedAt, won, sale.Imported));
            return;
        }
        if (row.LeadKey != _lead)
            Flush();
        _ofLead = _lead is null ? new(0, sale.AcceptedAt, won, sale.Imported) : _ofLead.With(new(0, sale.AcceptedAt, won, sale.Imported));
        _lead = row.LeadKey;
    }

    /// <summary>Call it once.</summary>
    internal CohortCount At(TimeSpan horizon)
    {
        Flush();
        var (count, (sales, places), young) = (_alone.At(horizon), Prepare(), (cutOff - horizon).UtcTicks);
        foreach (var place in places)
            if (place > 0)
                count.Add(sales[place - 1].AcceptedAt > young, sales[place - 1].Took <= horizon.Ticks, sales[place - 1].Imported);
        return count;
    }

    /// <summary>What takes time before the horizon is known.</summary>
    internal (CompanySale[] Sales, int[] Places) Prepare()
    {
        if (_prepared is { } known)
            return known;
        var sales = _sales.TakeAll();
        _prepared = (sales, Merged(sales));
        return _prepared.Value;
    }

    /// <summary>Gathers in the first sale of each company what the others of it add; where those are, plus 1, among zeros.</summary>
    private static int[] Merged(CompanySale[] sales)
    {
        var bits = BitOperations.Log2((uint)sales.Length + 1) + 2;
        var places = new int[1 << bits];
        for (var i = 0; i < sales.Length; i++)
        {
            var slot = (int)(sales[i].Company >> (64 - bits));
            while (places[slot] != 0 && sales[places[slot] - 1].Company != sales[i].Company)
                slot = (slot + 1) & (places.Length - 1);
            if (places[slot] == 0)
                places[slot] = i + 1;
            else
                sales[places[slot] - 1] = sales[places[slot] - 1].With(sales[i]);
        }
        return places;
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
