namespace CrmSync.Leads.Kpis;

/// <summary>Takes what is too much for memory and gives it back. Several may use it at once.</summary>
public interface ISpill
{
    /// <summary>Puts something away; answers where.</summary>
    long Put(ReadOnlySpan<byte> bytes);

    /// <summary>Gives back what lies from a place on, as much as there is room for.</summary>
    void Fetch(long place, Span<byte> bytes);
}
