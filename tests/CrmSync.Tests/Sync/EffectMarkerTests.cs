using CrmSync.Worker.Sync;
using CsCheck;

namespace CrmSync.Tests.Sync;

public sealed class EffectMarkerTests
{
    private static readonly Gen<string> GenPart = Gen.Char["abcdef0123456789"].Array[1, 16].Select(chars => new string(chars));

    [Fact]
    public void Reads_back_what_it_wrote() => Gen.Select(GenPart, GenPart, GenPart, Gen.Bool, (store, lead, transition, clears) => new EffectMarker(store, lead, transition, clears))
        .Sample(marker => EffectMarker.Parse(marker.ToString()) == marker);

    [Fact]
    public void Looks_as_the_contract_says()
    {
        Assert.Equal("v1.abc123.lead.move", new EffectMarker("abc123", "lead", "move", false).ToString());
        Assert.Equal("v1.abc123.lead.move.c", new EffectMarker("abc123", "lead", "move", true).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("v1.s.l")]
    [InlineData("v1..l.t")]
    [InlineData("v1.s.l.")]
    [InlineData("v2.s.l.t")]
    [InlineData("V1.s.l.t")]
    [InlineData("v1.s.l.t.")]
    [InlineData("v1.s.l.t.d")]
    [InlineData("v1.s.l.t.c.c")]
    [InlineData("call back on monday")]
    public void Is_nothing_else(string? text) => Assert.Null(EffectMarker.Parse(text));

    [Fact]
    public void Takes_no_junk_for_a_marker_that_would_print_otherwise() => Gen.String.Sample(text =>
        EffectMarker.Parse(text) is not { } marker || marker.ToString() == text);
}
