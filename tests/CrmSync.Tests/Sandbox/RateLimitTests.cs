using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Tests.Sandbox;

public sealed class RateLimitTests
{
    private const string Owners = "/crm/owners/2026-09";

    [Fact]
    public async Task The_ten_seconds_slide()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { StaticLimit = 3 });
        await bench.GetAsync(Owners);
        bench.Clock.Advance(TimeSpan.FromSeconds(6));
        await bench.GetAsync(Owners);
        await bench.GetAsync(Owners);

        Assert.Equal(429, (await bench.GetAsync(Owners)).Status);
        bench.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(200, (await bench.GetAsync(Owners)).Status);
        Assert.Equal(429, (await bench.GetAsync(Owners)).Status);
    }

    [Fact]
    public async Task The_answer_says_which_policy_was_broken()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { StaticLimit = 1 });
        await bench.GetAsync(Owners);

        var reply = await bench.GetAsync(Owners);

        Assert.Equal(("RATE_LIMIT", "TEN_SECONDLY_ROLLING"), (reply["errorType"], reply["policyName"]));
        Assert.False(reply.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task Searches_have_a_second_of_their_own_a_shorter_body_and_no_headers()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { StaticLimit = 1 });
        for (var count = 0; count < 5; count++)
        {
            Assert.Equal(200, (await bench.SearchAsync(new { })).Status);
        }

        var reply = await bench.SearchAsync(new { });

        Assert.Equal((429, "You have reached your secondly limit.", "RATE_LIMITS"), (reply.Status, reply["message"], reply["category"]));
        Assert.Null(reply["policyName"]);
        Assert.DoesNotContain(reply.Headers, header => header.Key.StartsWith("X-HubSpot-RateLimit", StringComparison.OrdinalIgnoreCase));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await bench.SearchAsync(new { })).Status);
    }

    [Fact]
    public async Task The_day_ends_at_midnight_where_the_account_is()
    {
        await using var bench = await SandboxBench.StartAsync(new HubSpotSwitches { DailyLimit = 1, TimeZone = "Europe/Copenhagen" });
        await bench.GetAsync(Owners);
        Assert.Equal("DAILY", (await bench.GetAsync(Owners))["policyName"]);

        bench.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 5, 22, 59, 59, TimeSpan.Zero));
        Assert.Equal(429, (await bench.GetAsync(Owners)).Status);
        bench.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 5, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(200, (await bench.GetAsync(Owners)).Status);
    }

    [Fact]
    public async Task Headers_tell_what_is_left()
    {
        await using var bench = await SandboxBench.StartAsync();

        var headers = (await bench.GetAsync(Owners)).Headers;

        Assert.Equal(("190", "189"), (headers["X-HubSpot-RateLimit-Max"], headers["X-HubSpot-RateLimit-Remaining"]));
        Assert.Equal(("10000", "649999"), (headers["X-HubSpot-RateLimit-Interval-Milliseconds"], headers["X-HubSpot-RateLimit-Daily-Remaining"]));
        Assert.Equal(1, bench.Host.Control.Log()[^1].WindowUsed);
    }
}
