using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Sandbox;

public sealed class FaultTests
{
    private const string Contacts = "/crm/v3/objects/contacts";

    [Fact]
    public async Task A_status_is_answered_as_often_as_it_was_taken()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Fault("status", "/owners", fault => fault with { Status = 503, Take = 2, Headers = new Dictionary<string, string?> { ["Retry-After"] = "7" } });

        var replies = new[] { await Owners(bench), await Owners(bench), await Owners(bench) };

        Assert.Equal([503, 503, 200], replies.Select(reply => reply.Status));
        Assert.Equal("7", replies[0].Headers["Retry-After"]);
    }

    [Fact]
    public async Task Every_second_request_can_be_hit_on_a_path_with_a_star()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Fault("status", "/crm/owners/*", fault => fault with { Status = 500, Every = 2 });

        var statuses = new[] { (await Owners(bench)).Status, (await Owners(bench)).Status, (await Owners(bench)).Status, (await Owners(bench)).Status };

        Assert.Equal([200, 500, 200, 500], statuses);
    }

    [Theory]
    [InlineData("drop-before", 0)]
    [InlineData("drop-after", 1)]
    [InlineData("cut", 1)]
    public async Task A_lost_reply_says_nothing_about_the_effect(string fault, int contacts)
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Fault(fault, "contacts");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Create(bench));

        Assert.Equal(contacts, bench.Host.Control.State("hubspot").Leads.Count);
        var entry = bench.Host.Control.Log().Last(entry => entry.Kind == "request");
        Assert.Equal((fault, contacts > 0), (entry.Fault, entry.Effects.Count > 0));
    }

    [Fact]
    public async Task A_delayed_effect_comes_after_the_client_gave_up()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Fault("delay-apply", "contacts", fault => fault with { Take = 1, Seconds = 30 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Create(bench));

        bench.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(bench.Host.Control.State("hubspot").Leads);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(bench.Host.Control.State("hubspot").Leads);
    }

    [Fact]
    public async Task A_delayed_answer_waits_on_the_clock()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Fault("delay", "/owners", fault => fault with { Seconds = 20 });

        var reply = Owners(bench);
        while (!reply.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(200, (await reply).Status);
        Assert.True(bench.Host.Control.Log()[^1].At >= SandboxBench.Start.AddSeconds(20));
    }

    [Fact]
    public async Task A_stale_answer_shows_the_past()
    {
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a", lead => lead with { JobTitle = "Driver" });
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.WriteAsync(id, "jobtitle", "Buyer");
        bench.Fault("stale", "contacts", fault => fault with { Seconds = 30, Take = 1 });

        Assert.Equal("Driver", await bench.ReadAsync(id, "jobtitle"));
        Assert.Equal("Buyer", await bench.ReadAsync(id, "jobtitle"));
    }

    [Fact]
    public async Task A_revoked_token_stays_revoked_until_the_faults_are_cleared()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Fault("revoke", "/owners", fault => fault with { Take = 1 });

        Assert.Equal(401, (await Owners(bench)).Status);
        Assert.Equal(401, (await bench.GetAsync(Contacts)).Status);
        bench.Host.Control.ClearFaults("hubspot");
        Assert.Equal(200, (await bench.GetAsync(Contacts)).Status);
    }

    [Fact]
    public async Task Redirects_and_pages_come_from_strangers()
    {
        await using var bench = await SandboxBench.StartAsync();
        bench.Fault("redirect", "/owners", fault => fault with { Take = 1 });
        bench.Fault("html", "contacts");

        var redirect = await Owners(bench);
        var page = await bench.GetAsync(Contacts);

        Assert.Equal((307, true), (redirect.Status, redirect.Headers.ContainsKey("Location")));
        Assert.Equal(200, page.Status);
        Assert.StartsWith("<!DOCTYPE html>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_nobody_knows_is_refused()
    {
        await using var bench = await SandboxBench.StartAsync();

        Assert.Throws<SandboxRequestException>(() => bench.Fault("earthquake", "/"));
    }

    private static Task<SandboxBench.Reply> Owners(SandboxBench bench) => bench.GetAsync("/crm/owners/2026-09");

    private static Task<SandboxBench.Reply> Create(SandboxBench bench) => bench.PostAsync(Contacts, new { properties = new { email = "n@firm.example" } });
}
