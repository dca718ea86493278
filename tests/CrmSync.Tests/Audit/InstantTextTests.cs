using CrmSync.Worker.Audit;

namespace CrmSync.Tests.Audit;

public sealed class InstantTextTests
{
    [Theory]
    [InlineData("2026-01-05T07:08:09.010Z")]
    [InlineData("0001-01-01T00:00:00.000Z")]
    [InlineData("2024-02-29T23:59:59.999Z")]
    public void What_is_written_is_read(string text) => Assert.Equal(text, InstantText.Of(InstantText.Parse(text)));

    [Theory]
    [InlineData("2026-02-30T07:00:00.000Z")]
    [InlineData("2026-13-01T07:00:00.000Z")]
    [InlineData("2026-01-01T24:00:00.000Z")]
    [InlineData("2026-01-01T00:60:00.000Z")]
    [InlineData("2026-01-01T00:00:00,000Z")]
    [InlineData("2026-01-01T00:00:00.0x0Z")]
    [InlineData("2026-01-01T00:00:00Z")]
    [InlineData("")]
    public void Nothing_else_is(string text) => Assert.Throws<FormatException>(() => InstantText.Parse(text));
}
