using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;

namespace CrmSync.Tests.Adapters;

public sealed class HubSpotOptionsTests
{
    [Fact]
    public void A_sound_connection_has_no_problems() => Assert.Empty(HubSpotOptions.Validate(HubSpotHarness.Connection));

    [Fact]
    public void Names_every_problem_at_once_with_its_setting()
    {
        var connection = HubSpotHarness.With(("ApiVerson", "2026-09"), ("SearchesPerSecond", "many")) with { Token = null, QuotaShare = 1.2, BaseUrl = new("http://crm.example") };

        var problems = HubSpotOptions.Validate(connection);

        Assert.Equal(["BaseUrl", "Mapping:Options:ApiVerson", "Mapping:Options:SearchesPerSecond", "QuotaShare", "Token"],
            problems.Select(p => p.Setting["Connections:main:".Length..]).Order());
        Assert.Contains(problems, p => p.Repair.Contains("Did you mean ApiVersion", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://api.hubapi.com", true)]
    [InlineData("https://api-eu1.hubapi.com", true)]
    [InlineData("http://127.0.0.1:8901", true)]
    [InlineData("http://[::1]:8901", true)]
    [InlineData("http://localhost:8901", true)]
    [InlineData("https://proxy.example", true)]
    [InlineData("https://hubapi.com.evil.example", false)]
    [InlineData("https://evilhubapi.com", false)]
    [InlineData("http://api.hubapi.com", false)]
    [InlineData("https://169.254.169.254", false)]
    [InlineData("https://2852039166", false)]
    [InlineData("https://user:pass@api.hubapi.com", false)]
    [InlineData("ftp://127.0.0.1", false)]
    public void Speaks_to_known_hosts_only(string url, bool allowed) =>
        Assert.Equal(allowed, HubSpotOptions.Validate(HubSpotHarness.With(("TrustedHosts", "proxy.example")) with { BaseUrl = new(url) }).Count == 0);
}
