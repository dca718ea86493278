using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

/// <summary>What the two departments sign is what the file says, not how it is laid out.</summary>
public sealed class AgreementHashTests
{
    private static readonly string Hash = RuleSamples.Shipped.AgreementHash;

    [Fact]
    public void Is_a_hash_of_its_own()
    {
        Assert.Matches("^[0-9a-f]{64}$", Hash);
        Assert.NotEqual(RuleSamples.Shipped.Hash, Hash);
    }

    [Theory]
    [InlineData("name: Standard", "name:   'Standard'  # ours")]
    [InlineData("name: Standard", "name: \"Standard\"\n\n")]
    [InlineData("signed: []", "signed: [{ by: Mette, department: sales }]")]
    [InlineData("signed: []\n", "")]
    [InlineData("languages: [en, da]", "languages:\n  - en\n  - da")]
    [InlineData("\n", "\r\n")]
    public void Stays_when_only_the_layout_or_the_signatures_change(string was, string becomes) => Assert.Equal(Hash, HashOf(was, becomes));

    [Theory]
    [InlineData("points: 25", "points: 26")]
    [InlineData("version: 1\n", "version: 2\n")]
    [InlineData("text: { en: Country, da: Land }", "text: { en: Country, da: Landet }")]
    [InlineData("languages: [en, da]", "languages: [da, en]")]
    [InlineData("value: [20, 1000]", "value: [201, 000]")]
    public void Changes_with_what_the_file_says(string was, string becomes)
    {
        var result = RuleFile.Parse(RuleSamples.ShippedText.Replace(was, becomes), "r.yaml");
        Assert.NotEqual(Hash, result.RuleSet?.AgreementHash);
    }

    [Fact]
    public void Tells_signatures_given_to_this_content_from_others()
    {
        var rules = RuleSamples.Parse(RuleSamples.ShippedText.Replace("signed: []",
            $"signed: [{{ by: Mette, department: sales, hash: {Hash.ToUpperInvariant()} }}, {{ by: Ole, department: marketing, hash: {RuleSamples.Shipped.Hash} }}, {{ by: Ida, department: it }}]"));
        Assert.Equal(["Mette"], rules.CurrentSignatures.Select(signature => signature.By));
        Assert.Equal(["Ole", "Ida"], rules.OutdatedSignatures.Select(signature => signature.By));
    }

    private static string? HashOf(string was, string becomes) =>
        RuleFile.Parse(RuleSamples.ShippedText.Replace(was, becomes), "r.yaml").RuleSet?.AgreementHash;
}
