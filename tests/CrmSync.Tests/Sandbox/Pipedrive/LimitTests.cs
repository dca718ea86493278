namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class LimitTests
{
    [Fact]
    public async Task Calls_beyond_the_two_seconds_limit_are_refused_until_the_window_has_moved_on()
    {
        await using var bench = await CompanyBench.StartAsync(new() { Plan = "Lite" });
        var replies = new List<CompanyBench.Reply>();
        for (var number = 0; number < 21; number++)
        {
            replies.Add(await bench.GetAsync("/api/v2/stages/1"));
        }

        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        var later = await bench.GetAsync("/api/v2/stages/1");

        Assert.All(replies.Take(20), reply => Assert.Equal(200, reply.Status));
        Assert.Equal((429, "20", "0", "2"), (replies[20].Status, replies[20].Headers["x-ratelimit-limit"], replies[20].Headers["x-ratelimit-remaining"], replies[20].Headers["x-ratelimit-reset"]));
        Assert.Equal((200, "19"), (later.Status, later.Headers["x-ratelimit-remaining"]));
    }

    [Fact]
    public async Task The_purse_pays_each_call_its_price_and_is_full_again_at_midnight()
    {
        await using var bench = await CompanyBench.StartAsync(new() { Plan = "Lite", Seats = 1, TopUpTokens = -29_964, PurseHeadersMissing = 1 });
        bench.Lead("a");

        var hidden = await bench.GetAsync("/api/v1/users/me");
        var list = await bench.GetAsync("/api/v1/leads");
        var deals = await bench.GetAsync("/api/v2/deals");
        await bench.GetAsync("/api/v2/stages");
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        var empty = await bench.GetAsync("/api/v1/users/me");
        bench.Clock.Advance(TimeSpan.FromHours(17));
        await bench.GetAsync("/api/v1/users/me");
        var full = await bench.GetAsync("/api/v1/users/me");

        Assert.False(hidden.Headers.ContainsKey("x-daily-ratelimit-token-remaining"));
        Assert.Equal(("36", "14", "4"), (list.Headers["x-daily-ratelimit-token-limit"], list.Headers["x-daily-ratelimit-token-remaining"], deals.Headers["x-daily-ratelimit-token-remaining"]));
        Assert.Equal((429, "0"), (empty.Status, empty.Headers["x-daily-ratelimit-token-remaining"]));
        Assert.Equal((200, "32"), (full.Status, full.Headers["x-daily-ratelimit-token-remaining"]));
    }

    [Fact]
    public async Task Who_goes_on_after_many_refusals_meets_a_page_instead()
    {
        await using var bench = await CompanyBench.StartAsync(new() { Plan = "Lite", Seats = 0, BlockAfter429 = 3 });
        var statuses = new List<int>();
        for (var number = 0; number < 5; number++)
        {
            statuses.Add((await bench.GetAsync("/api/v1/users/me")).Status);
        }

        var page = await bench.GetAsync("/api/v1/users/me");
        bench.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal([429, 429, 429, 429, 403], statuses);
        Assert.StartsWith("<!DOCTYPE html>", page.Text, StringComparison.Ordinal);
        Assert.Equal(429, (await bench.GetAsync("/api/v1/users/me")).Status);
    }

    [Fact]
    public async Task Searches_have_a_limit_of_their_own()
    {
        await using var bench = await CompanyBench.StartAsync(new() { Plan = "Ultimate" });
        bench.Lead("a");
        var statuses = new List<int>();
        for (var number = 0; number < 11; number++)
        {
            statuses.Add((await bench.GetAsync("/api/v2/leads/search?term=Holm")).Status);
        }

        Assert.Equal([.. Enumerable.Repeat(200, 10), 429], statuses);
    }
}
