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
    /// <summary>No rule looks further back; older acts would only make the body grow.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>Dividing by it takes the zeros off a number's end: 5.0 and 5 are the same fact.</summary>
    private const decimal ScaleOff = 1.0000000000000000000000000000m;

    public static string FactsOf(RuleSet rules, LeadFacts facts, DateTimeOffset now) => Json(writer =>
    {
        writer.WriteStartObject();
        foreach (var name in rules.FactsNamed)
        {
            if (facts[name] is { IsKnown: true } value)
            {
                writer.WritePropertyName(name);
                Value(writer, value, now - Kept);
            }
        }
        writer.WriteEndObject();
    });

    public static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static EvidenceRow Row(LeadRecord lead, string salt, string facts, Evaluation evaluation, JudgementInputs inputs)
    {
        var (findings, body) = (FindingsOf(evaluation), InputsOf(lead, evaluation, inputs));
        return new(Hash(salt, facts, findings, body), lead.LeadKey, salt, facts, findings, body);
    }

    private static string FindingsOf(Evaluation evaluation) => Json(writer =>
    {
        writer.WriteStartArray();
        foreach (var finding in evaluation.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("criterion", finding.Criterion);
            writer.WriteString("group", Lower(finding.Group.ToString()));
            writer.WriteString("result", Lower(finding.Result.ToString()));
            writer.WriteNumber("points", finding.Points);
            writer.WritePropertyName("value");
            if (finding.Count is { } count)
                writer.WriteNumberValue(count);
            else
                Value(writer, finding.Value, DateTimeOffset.MaxValue);
            writer.WriteString("seenAt", finding.SeenAt is { } seen ? InstantText.Of(seen) : null);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private static string InputsOf(LeadRecord lead, Evaluation evaluation, JudgementInputs inputs) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("judgedAt", InstantText.Of(inputs.At));
        writer.WriteString("stage", lead.Stage?.ToString());
        writer.WriteString("state", lead.Episode?.State.ToString());
        writer.WriteString("coolOffUntil", lead.Episode?.CoolOffUntil is { } until && until < DateTimeOffset.MaxValue ? InstantText.Of(until) : null);
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
        writer.WriteString("by", Lower(assignment.Reason.ToString()));
        writer.WriteString("insteadOf", assignment.InsteadOf);
        writer.WriteString("rule", assignment.Turn?.Rule);
        writer.WriteEndObject();
    }

    public static void Value(Utf8JsonWriter writer, FactValue value, DateTimeOffset actsFrom)
    {
        if (!value.IsKnown)
        {
            writer.WriteNullValue();
            return;
        }
        switch (value.Type)
        {
            case FactType.Text: writer.WriteStringValue(value.Text); break;
            case FactType.Number: writer.WriteNumberValue(value.Number / ScaleOff); break;
            case FactType.Flag: writer.WriteBooleanValue(value.Flag); break;
            case FactType.Instant: writer.WriteStringValue(InstantText.Of(value.Instant)); break;
            case FactType.Bant: writer.WriteStringValue(Lower(value.Bant.ToString())); break;
            case FactType.Choices: JsonSerializer.Serialize(writer, value.Choices); break;
            default: Acts(writer, value.Engagement, actsFrom); break;
        }
    }

    private static void Acts(Utf8JsonWriter writer, Engagement engagement, DateTimeOffset from)
    {
        writer.WriteStartObject();
        if (engagement.CompleteSince is { } since)
            writer.WriteString("completeSince", since == DateTimeOffset.MinValue ? "always" : InstantText.Of(since));
        if (engagement.LastAt is { } last)
            writer.WriteString("lastAt", InstantText.Of(last));
        writer.WriteStartArray("acts");
        foreach (var act in engagement.Acts.Where(a => a.At >= from))
        {
            writer.WriteStartObject();
            writer.WriteString("at", InstantText.Of(act.At));
            writer.WriteNumber("count", act.Count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
