using CrmSync.Tests.Storage;
using CrmSync.Worker.Audit;
using CsCheck;

namespace CrmSync.Tests.Audit;

public sealed class AuditChainTests
{
    [Fact]
    public void Hashes_the_bytes_that_are_documented()
    {
        var draft = new AuditDraft(
            AuditKind.Observed, null, "k7", 1, null, "Lead", null, new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(1)), "unknown", null, null);
        var row = AuditChain.Link(draft, 0, AuditChain.Start);
        // printf '%064d\n["1","Observed",null,"k7","1",null,"Lead",null,"2026-01-05T07:00:00.000Z","unknown",null,null]' 0 | sha256sum
        Assert.Equal("02694bf177ea64aabc93adda96bf572d8b3949407d1a54186f2f21153c253981", row.Hash);
    }

    [Theory]
    [InlineData("person:\"1\"")]
    [InlineData("person:Ærø")]
    [InlineData("person:\n")]
    [InlineData("person:\\")]
    public void Refuses_a_text_that_needs_escaping(string actor)
    {
        var failure = Assert.Throws<ArgumentException>(() => AuditChain.Check(Some.Observed("k") with { Actor = actor }));
        Assert.DoesNotContain("person", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_any_chain_it_made_whole() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3]).List[0, 40].Sample(choices => Chains.Verify(Chains.Of(choices)).IsWhole);

    [Fact]
    public void Finds_any_single_change_of_any_chain() =>
        Gen.Select(Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3]).List[1, 40], Gen.Int[0, 1000], Gen.Int[0, 11]).Sample((choices, at, column) =>
        {
            var rows = Chains.Of(choices);
            var index = at % rows.Count;
            rows[index] = Chains.Change(rows[index], column);
            return Chains.Verify(rows).Fault?.Sequence is { } found && found <= index + 2;
        });
}
