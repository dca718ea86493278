using System.Security.Cryptography;
using System.Text;
using CrmSync.Worker.Sync;

namespace CrmSync.Chaos.Rigging;

/// <summary>Random names by seed, none of them twice in all lives of a rig's workers: where the store keeps order by them, a seed keeps it, too.</summary>
internal sealed class SeededIds(int seed) : IIds
{
    private long _count;

    public string New() => Next()[..16];

    public string Salt() => Next()[..32];

    private string Next() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/id/{Interlocked.Increment(ref _count)}")));
}
