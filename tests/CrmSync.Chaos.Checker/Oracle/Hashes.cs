using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>How the audit's rows and the evidence are hashed, by their description alone. Lower-case hexadecimal SHA-256.</summary>
public static class Hashes
{
    /// <summary>What the first row of an audit names before it.</summary>
    public static readonly string Start = new('0', 64);

    /// <summary>Over the hash before it, a line feed, and the row as a JSON array of its columns in their order.</summary>
    public static string Of(AuditRow row)
    {
        string?[] columns =
        [
            Number(row.Sequence), row.Kind, row.TransitionId, row.LeadKey, row.Episode is { } episode ? Number(episode) : null, row.FromStage, row.ToStage,
            row.HandoverState, row.At, row.Actor, row.RuleSetHash, row.EvidenceHash,
        ];
        return Of($"{row.PreviousHash}\n[{string.Join(',', columns.Select(column => column is null ? "null" : $"\"{column}\""))}]");
    }

    /// <summary>Over the lead's salt and the three bodies.</summary>
    public static string Of(EvidenceRow row) => Of(row.Salt + row.Facts + row.Findings + row.Inputs);

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
