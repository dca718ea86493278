using CrmSync.Adapters;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Hosting;

/// <summary>
/// Tells a connection where the rule file's own facts come from. What the settings say of a fact goes before the rule
/// file; facts that a reload adds are mapped at the next start.
/// </summary>
internal static class CustomFacts
{
    private const string AnyConnection = "*";

    public static CrmConnection Map(CrmConnection connection, RuleSet rules)
    {
        var facts = new Dictionary<string, string>(connection.Mapping.Facts);
        var values = new Dictionary<string, IReadOnlyDictionary<string, string>>(connection.Mapping.Values);
        foreach (var fact in rules.Facts)
        {
            if ((fact.From.GetValueOrDefault(connection.Name) ?? fact.From.GetValueOrDefault(AnyConnection)) is not { } property)
                continue;
            facts.TryAdd(fact.Definition.Name, property);
            if (fact.Values.Count > 0)
                values.TryAdd(fact.Definition.Name, fact.Values);
        }
        return connection with { Mapping = connection.Mapping with { Facts = facts, Values = values } };
    }
}
