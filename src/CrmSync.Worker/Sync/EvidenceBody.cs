using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// What a judgement stands on, as canonical JSON: the same facts give the same bytes. Only facts that a rule names are
/// kept. The hash is over the lead's salt and the bodies, so that nobody can guess a person from it.
/// </summary>
internal static class EvidenceBody
{
    private static readonly string[] Groups = [.. Enum.GetNames<CriterionGroup>().Select(FactJson.Lower)];
    private static readonly string[] Results = [.. Enum.GetNames<CriterionResult>().Select(FactJson.Lower)];

    /// <summary>No rule looks further back; older acts would only make the body grow.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public static string FactsOf(RuleSet rules, LeadFacts facts, DateTimeOffset now) => FactJson.Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var name in rules.FactsNamed)
        {
            if (facts[name] is { IsKnown: true } value)
            {
                writer.WritePropertyName(name);
                FactJson.Value(writer, value, now - Kept);
            }
        }
        writer.WriteEndObject();
    });

    /// <summary>Whether the evidence is still what its hash was made of.</summary>
    public static bool IsWhole(EvidenceRow row) => row.Hash == Hash(row.Salt, row.Facts, row.Findings, row.Inputs);

    public static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            Append(hash, part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string part)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(part.Length));
        hash.AppendData(bytes, 0, Encoding.UTF8.GetBytes(part, bytes));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    public static EvidenceRow Row(LeadRecord lead, string salt, string facts, Evaluation evaluation, JudgementInputs inputs)
    {
        var (findings, body) = (FindingsOf(evaluation), InputsOf(lead, evaluation, inputs));
        return new(Hash(salt, facts, findings, body), lead.LeadKey, salt, facts, findings, body);
    }

    private static string FindingsOf(Evaluation evaluation) => FactJson.Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var finding in evaluation.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("criterion", finding.Criterion);
            writer.WriteString("group", Groups[(int)finding.Group]);
            writer.WriteString("result", Results[(int)finding.Result]);
            writer.WriteNumber("points", finding.Points);
            writer.WritePropertyName("value");
            if (finding.Count is { } count)
                writer.WriteNumberValue(count);
            else
                FactJson.Value(writer, finding.Value, DateTimeOffset.MaxValue);
            writer.WriteString("seenAt", finding.SeenAt is { } seen ? InstantText.Of(seen) : null);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private static string InputsOf(LeadRecord lead, Evaluation evaluation, JudgementInputs inputs) => FactJson.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("judgedAt", InstantText.Of(inputs.At));
        writer.WriteString("stage", lead.Stage?.ToString());
        writer.WriteString("state", lead.Episode?.State.ToString());
        writer.WriteString("coolOffUntil", lead.Episode?.CoolOffUntil is { } until && until < DateTimeOffset.MaxValue ? InstantText.Of(until) : null);
        writer.WriteString("coolOffSince", lead.Episode is { CoolOffUntil: not null } rests ? InstantText.Of(rests.SettledAt) : null);
        writer.WriteString("answer", inputs.Answer?.Value);
        writer.WriteString("answerAt", inputs.Answer?.At is { } at ? InstantText.Of(at) : null);
        writer.WriteString("calendar", inputs.Calendar);
        writer.WriteString("mapping", inputs.Mapping);
        writer.WriteString("policy", evaluation.Policy);
        writer.WriteNumber("fit", evaluation.FitScore);
        writer.WriteNumber("interest", evaluation.InterestScore);
        if (inputs.Assignment is { } assignment)
            Assignment(writer, assignment);
        writer.WriteEndObject();
    });

    private static void Assignment(Utf8JsonWriter writer, Assignment assignment)
    {
        writer.WriteStartObject("assignment");
        writer.WriteString("owner", assignment.OwnerId);
        writer.WriteString("by", FactJson.Lower(assignment.Reason.ToString()));
        writer.WriteString("insteadOf", assignment.InsteadOf);
        writer.WriteString("rule", assignment.Turn?.RuleId);
        writer.WriteEndObject();
    }
}
