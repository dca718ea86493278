using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Sync;

/// <summary>
/// A salted print of everything known of a lead, to tell whether anything became known or changed since. Neither which facts
/// the rules name nor the time changes it. What the rule file itself adds is compared only while the file reads it the same way.
/// </summary>
internal static class FactsPrint
{
    private const char Between = '.';

    /// <summary>Three hashes: the built-in facts, how the rule file defines its own, and those.</summary>
    public static string Of(RuleSet rules, LeadFacts facts, string salt) => Of(rules, facts, salt, FactCatalogue.BuiltIn.Definitions);

    /// <summary>The same without what the lead did: what somebody filled in.</summary>
    public static string OfData(RuleSet rules, LeadFacts facts, string salt) =>
        Of(rules, facts, salt, FactCatalogue.BuiltIn.Definitions.Where(definition => definition.Type != FactType.Engagement));

    private static string Of(RuleSet rules, LeadFacts facts, string salt, IEnumerable<FactDefinition> builtIn) => string.Join(
        Between,
        EvidenceBody.Hash(salt, Known(builtIn, facts)),
        EvidenceBody.Hash(Definitions(rules.Facts)),
        EvidenceBody.Hash(salt, Known(rules.Facts.Select(fact => fact.Definition), facts)));

    /// <summary>Something about the lead is otherwise than before.</summary>
    public static bool Differ(string before, string now)
    {
        var (was, becomes) = (before.Split(Between), now.Split(Between));
        return was[0] != becomes[0]
            || (was.Length == becomes.Length && was[1] == becomes[1] && was[2] != becomes[2]);
    }

    private static string Known(IEnumerable<FactDefinition> definitions, LeadFacts facts) => FactJson.Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var name in definitions.Select(definition => definition.Name).Order(StringComparer.Ordinal))
        {
            if (facts[name] is not { IsKnown: true } value)
                continue;
            writer.WritePropertyName(name);
            // How far back a record goes differs between readings; a new act is always its newest.
            FactJson.Value(writer, value.Type == FactType.Engagement ? Newest(value.Engagement) : value, DateTimeOffset.MinValue);
        }
        writer.WriteEndObject();
    });

    private static FactValue Newest(Engagement engagement) => FactValue.Of(new Engagement
    {
        LastAt = engagement.Acts.Select(act => (DateTimeOffset?)act.At).Append(engagement.LastAt).Max(),
    });

    private static string Definitions(IEnumerable<CustomFact> facts) => FactJson.Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var fact in facts.OrderBy(fact => fact.Definition.Name, StringComparer.Ordinal))
        {
            writer.WriteStartArray(fact.Definition.Name);
            writer.WriteStringValue(fact.Definition.Type.ToString());
            foreach (var pair in fact.From.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                writer.WriteStringValue($"from {pair.Key}: {pair.Value}");
            foreach (var pair in fact.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                writer.WriteStringValue($"value {pair.Key}: {pair.Value}");
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    });
}
