using System.Collections.Frozen;
using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Aliases;

/// <summary>Which alias table a fact uses, and the families of words that a role or text may contain.</summary>
public sealed class AliasBook
{
    private static readonly AliasTable Empty = new([]);
    private readonly FrozenDictionary<string, AliasTable> _tables;

    private AliasBook(IEnumerable<KeyValuePair<string, AliasTable>> tables) =>
        _tables = tables.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Countries, industries, roles and free-mail domains, in Danish, English and the CRMs' own values.</summary>
    public static AliasBook BuiltIn { get; } = new(new Dictionary<string, AliasTable>
    {
        [WellKnownFacts.CompanyCountry] = new(Countries.All),
        [WellKnownFacts.PersonCountry] = new(Countries.All),
        [WellKnownFacts.CompanyIndustry] = new(Industries.All),
        [WellKnownFacts.PersonRole] = new(Roles.All),
        [WellKnownFacts.PersonBuyingRole] = new(Roles.Buying),
        [WellKnownFacts.PersonEmailDomain] = new(MailDomains.All),
    });

    /// <summary>The table of a fact; empty for a fact without aliases.</summary>
    public AliasTable For(string fact) => _tables.GetValueOrDefault(fact, Empty);

    /// <summary>What a person reads for a value: its label, or the value as it is.</summary>
    public string Display(string fact, string value, string language) => For(fact).Find(value)?.Label(language) ?? value;

    /// <summary>This book with more entries for some facts; an added entry takes over the names it claims.</summary>
    public AliasBook With(IReadOnlyDictionary<string, IReadOnlyList<AliasEntry>> more)
    {
        var tables = new Dictionary<string, AliasTable>(_tables);
        foreach (var (fact, entries) in more)
            tables[fact] = new AliasTable([.. For(fact).Entries, .. entries]);
        return new AliasBook(tables);
    }
}
