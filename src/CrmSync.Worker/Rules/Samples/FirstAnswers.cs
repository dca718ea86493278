using System.Globalization;
using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Samples;

/// <summary>What a company says of itself before its first rule set is written. Begins as its sample answers.</summary>
internal sealed record FirstAnswers
{
    private FirstAnswers(Sample sample)
    {
        Sample = sample;
        MqlFrom = SlotText.Value(sample.RulesText, "mql-from");
        Industries = [.. List("industries").Select(name => IndustryNames.Find(name)!)];
        Countries = [.. List("countries").Select(name => CountryNames.Find(name)!)];
        var range = List("employees");
        (FewestEmployees, MostEmployees) = (int.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[1], CultureInfo.InvariantCulture));
    }

    internal Sample Sample { get; }

    /// <summary><c>rules</c>, <c>crm</c> or <c>both</c>.</summary>
    internal string MqlFrom { get; init; }

    internal SqlMeaning SqlMeans { get; init; }
    internal IReadOnlyList<AliasEntry> Industries { get; init; }
    internal IReadOnlyList<AliasEntry> Countries { get; init; }

    /// <summary>At least 1.</summary>
    internal int FewestEmployees { get; init; }

    internal int MostEmployees { get; init; }

    internal AliasTable IndustryNames => Sample.Rules.Aliases.For(WellKnownFacts.CompanyIndustry);

    internal AliasTable CountryNames => Sample.Rules.Aliases.For(WellKnownFacts.CompanyCountry);

    /// <summary>The answers that a sample gives by itself.</summary>
    internal static FirstAnswers Of(Sample sample) => new(sample);

    private IReadOnlyList<string> List(string slot) =>
        [.. SlotText.Value(Sample.RulesText, slot).Trim('[', ']').Split(',').Select(word => word.Trim().Trim('"'))];
}

/// <summary>What makes a lead that sales has accepted an SQL.</summary>
internal enum SqlMeaning
{
    /// <summary>The need is met, at least two of the BANT criteria are, and none is not met.</summary>
    Bant,

    /// <summary>The need is met, and no BANT criterion is not met.</summary>
    Need,

    /// <summary>A meeting is booked, and no BANT criterion is not met.</summary>
    Meeting,
}
