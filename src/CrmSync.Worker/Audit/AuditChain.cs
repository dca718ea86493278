using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Worker.Audit;

/// <summary>
/// Links audit rows. <c>hash</c> is the lower-case hexadecimal SHA-256 of these bytes (all ASCII): the previous row's hash
/// (64 characters), one LF (0x0A), then the row as a JSON array without spaces in column order: sequence, kind,
/// transition_id, lead_key, episode, from_stage, to_stage, handover_state, at, actor, rule_set_hash, evidence_hash. Each
/// element is a string in double quotes or <c>null</c>; sequence and episode are decimal strings. The row before the first
/// has the hash <see cref="Start"/>. Example of the second part:
/// <c>["1","Observed",null,"k7","1",null,"Lead",null,"2026-01-05T07:00:00.000Z","unknown",null,null]</c>.
/// <para>Texts hold no quote, backslash, control or non-ASCII character, so nothing needs escaping and any language builds
/// the same bytes.</para>
/// </summary>
internal static class AuditChain
{
    /// <summary>What the first row names as the hash before it: 64 zeros.</summary>
    public static readonly string Start = new('0', 64);

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(c => (char)c).Where(c => c is not '"' and not '\\')]);

    /// <summary>The row that a draft becomes behind the head.</summary>
    /// <exception cref="ArgumentException">A text of the draft cannot be hashed.</exception>
    public static AuditRow Link(AuditDraft draft, long headSequence, string headHash)
    {
        Check(draft);
        var row = new AuditRow(
            headSequence + 1, draft.Kind.ToString(), draft.TransitionId, draft.LeadKey,
            draft.Episode?.ToString(CultureInfo.InvariantCulture), draft.FromStage, draft.ToStage, draft.HandoverState,
            draft.At is { } at ? InstantText.Of(at) : null, draft.Actor, draft.RuleSetHash, draft.EvidenceHash, headHash, "");
        return row with { Hash = HashOf(row) };
    }

    /// <summary>Refuses a draft with a text that cannot be hashed unambiguously; called before anything is written.</summary>
    public static void Check(AuditDraft draft)
    {
        CheckText(draft.TransitionId, "transition_id");
        CheckText(draft.LeadKey, "lead_key");
        CheckText(draft.FromStage, "from_stage");
        CheckText(draft.ToStage, "to_stage");
        CheckText(draft.HandoverState, "handover_state");
        CheckText(draft.Actor, "actor");
        CheckText(draft.RuleSetHash, "rule_set_hash");
        CheckText(draft.EvidenceHash, "evidence_hash");
    }

    /// <summary>The hash that a row ought to have by its own content and its own previous hash.</summary>
    public static string HashOf(AuditRow row)
    {
        var text = new StringBuilder(384).Append(row.PreviousHash).Append('\n').Append('[');
        Add(text, row.Sequence.ToString(CultureInfo.InvariantCulture));
        Add(text.Append(','), row.Kind);
        Add(text.Append(','), row.TransitionId);
        Add(text.Append(','), row.LeadKey);
        Add(text.Append(','), row.Episode);
        Add(text.Append(','), row.FromStage);
        Add(text.Append(','), row.ToStage);
        Add(text.Append(','), row.HandoverState);
        Add(text.Append(','), row.At);
        Add(text.Append(','), row.Actor);
        Add(text.Append(','), row.RuleSetHash);
        Add(text.Append(','), row.EvidenceHash);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Append(']').ToString())));
    }

    private static void Add(StringBuilder text, string? value)
    {
        if (value is null) text.Append("null");
        else text.Append('"').Append(value).Append('"');
    }

    private static void CheckText(string? text, string column)
    {
        // The value stays out of the message: what does not belong into the audit may be a person's.
        if (text.AsSpan().ContainsAnyExcept(Plain))
            throw new ArgumentException($"{column} holds a quote, backslash, control or non-ASCII character; the audit takes plain ASCII only.");
    }
}
