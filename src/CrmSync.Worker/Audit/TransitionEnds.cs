using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Worker.Audit;

/// <summary>
/// Whether each decided transition ends at most once, and each end belongs to a decided one of the same lead. Ended
/// transitions are remembered as 64 bits of a hash: of a million rows, some 30 MB.
/// </summary>
internal sealed class TransitionEnds
{
    private readonly Dictionary<string, string?> _open = [];
    private readonly HashSet<ulong> _ended = [];

    public AuditFault? Check(AuditRow row)
    {
        if (row.TransitionId is not { } id) return null;
        if (row.Kind == nameof(AuditKind.Decided)) return Decide(row, id);
        return IsEnd(row.Kind) ? End(row, id) : null;
    }

    private AuditFault? Decide(AuditRow row, string id) =>
        !_ended.Contains(Mark(id)) && _open.TryAdd(id, row.LeadKey)
            ? null
            : new(row.Sequence, AuditFaultKind.EndsTwice, $"row {row.Sequence} decides a transition a second time");

    private AuditFault? End(AuditRow row, string id)
    {
        if (_open.Remove(id, out var leadKey) && leadKey == row.LeadKey)
        {
            _ended.Add(Mark(id));
            return null;
        }
        return _ended.Contains(Mark(id))
            ? new(row.Sequence, AuditFaultKind.EndsTwice, $"row {row.Sequence} ends a transition a second time")
            : new(row.Sequence, AuditFaultKind.EndsNothing, $"row {row.Sequence} ends a transition that was not decided for its lead");
    }

    private static bool IsEnd(string kind) => kind is nameof(AuditKind.Applied) or nameof(AuditKind.Refused)
        or nameof(AuditKind.Conflict) or nameof(AuditKind.Superseded) or nameof(AuditKind.Gone);

    private static ulong Mark(string id) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
