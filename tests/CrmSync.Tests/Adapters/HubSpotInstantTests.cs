using System.Globalization;
using CrmSync.Adapters.HubSpot;

namespace CrmSync.Tests.Adapters;

public sealed class HubSpotInstantTests
{
    [Theory]
    [InlineData("2026-01-05T06:00:00.123Z")]
    [InlineData("2026-01-05T06:00:00Z")]
    [InlineData("2024-02-29T23:59:59.999Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void Reads_the_usual_form_as_the_base_library_does(string text) =>
        Assert.Equal(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture), HubSpotInstant.Usual(text));

    [Theory]
    [InlineData("2026-02-29T06:00:00Z")]
    [InlineData("2026-13-01T06:00:00Z")]
    [InlineData("2026-01-05T24:00:00Z")]
    [InlineData("0000-01-05T06:00:00Z")]
    [InlineData("2026-01-05T06:00:00+01")]
    [InlineData("2026-01-05 06:00:00Z")]
    [InlineData("2026-01-05T06:00:00.12aZ")]
    [InlineData("1767592800000")]
    [InlineData("")]
    public void Leaves_any_other_form_to_others(string text) => Assert.Null(HubSpotInstant.Usual(text));
}
