using CrmSync.Adapters;

namespace CrmSync.Tests.Adapters;

/// <summary>What is not asked for, since every call takes tokens from everybody: and that it is asked for where that would hide something.</summary>
public sealed class PipedriveTokenTests : IDisposable
{
    private const string List = "GET /api/v2/activities";
    private const string Alone = "GET /api/v2/activities/7";
    private const string Notes = "GET /api/v1/notes";
    private readonly PipedriveTokenAccount _account = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _account.Dispose();

    [Fact]
    public async Task An_activity_that_an_event_names_is_read_alone_and_the_list_not_again()
    {
        Assert.Equal([List], await _account.CallsOfAsync(() => _account.ReadAsync(ReadDepth.Facts)));
        Assert.Empty(await _account.CallsOfAsync(() => _account.ReadAsync(ReadDepth.Facts)));
        _account.Done = "true";
        _account.Tell("activity", "7", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":true,"update_time":"2026-01-05T06:00:00Z"}""");

        Assert.Equal([Alone], await _account.CallsOfAsync(() => _account.ReadAsync(ReadDepth.Facts)));
        Assert.NotNull((await _account.ReadAsync(ReadDepth.Facts)).ContactedAt);
    }

    [Fact]
    public async Task An_activity_that_a_page_shows_takes_the_place_of_the_one_known()
    {
        await _account.ReadAsync(ReadDepth.Facts);
        _account.Done = "true";
        _account.Listed = "2026-01-05T06:00:00Z";
        await _account.PollAsync("activities");

        Assert.Empty(await _account.CallsOfAsync(async () => Assert.NotNull((await _account.ReadAsync(ReadDepth.Facts)).ContactedAt)));
    }

    [Fact]
    public async Task A_task_that_we_made_is_no_news_on_a_page_and_one_that_we_changed_is()
    {
        await _account.PutAsync(PipedriveTokenAccount.Task("2"));
        _account.IsTaskListed = true;
        Assert.Equal(["7"], await _account.PollAsync("activities"));

        await _account.PutAsync(PipedriveTokenAccount.Task("2"));
        Assert.Equal(["7", "8"], await _account.PollAsync("activities"));
    }

    [Fact]
    public async Task A_note_that_was_certainly_never_sent_is_not_looked_for_and_any_other_is()
    {
        Assert.Equal(["POST /api/v1/notes"], await _account.CallsOfAsync(() => _account.PutAsync(PipedriveTokenAccount.Note("t1") with { IsFirst = true })));
        Assert.Equal([Notes, "POST /api/v1/notes"], await _account.CallsOfAsync(() => _account.PutAsync(PipedriveTokenAccount.Note("t2"))));
    }

    [Fact]
    public async Task A_task_is_looked_for_among_those_kept_where_nobody_can_have_sent_it_meanwhile()
    {
        await _account.ReadAsync(ReadDepth.Facts);
        Assert.Equal(["POST /api/v2/activities"], await _account.CallsOfAsync(() => _account.PutAsync(PipedriveTokenAccount.Task("2") with { IsFirst = true })));
        Assert.Equal(["PATCH /api/v2/activities/8"], await _account.CallsOfAsync(() => _account.PutAsync(PipedriveTokenAccount.Task("2") with { Completed = true })));

        using var other = new PipedriveTokenAccount();
        await other.ReadAsync(ReadDepth.Facts);
        Assert.Equal([List, "POST /api/v2/activities"], await other.CallsOfAsync(() => other.PutAsync(PipedriveTokenAccount.Task("2"))));
    }

    [Fact]
    public async Task A_task_of_which_nobody_knows_whether_it_was_made_is_looked_for_by_a_new_list()
    {
        await _account.ReadAsync(ReadDepth.Facts);
        _account.Failing = 1;
        Assert.Equal(WriteOutcome.Unknown, (await _account.PutAsync(PipedriveTokenAccount.Task("1") with { IsFirst = true })).Outcome);

        Assert.Equal([List, "POST /api/v2/activities"], await _account.CallsOfAsync(() => _account.PutAsync(PipedriveTokenAccount.Task("1"))));
    }

    [Fact]
    public async Task Once_nobody_knows_whether_a_task_was_made_what_is_kept_of_its_lead_counts_no_more()
    {
        await _account.ReadAsync(ReadDepth.Facts);
        Assert.Empty(await _account.CallsOfAsync(() => _account.ReadAsync(ReadDepth.Facts)));
        _account.Failing = 1;
        await _account.PutAsync(PipedriveTokenAccount.Task("1") with { IsFirst = true });

        Assert.Equal([List], await _account.CallsOfAsync(() => _account.ReadAsync(ReadDepth.Facts)));
    }

    [Fact]
    public async Task A_change_of_a_task_that_we_made_is_no_news_and_a_persons_is()
    {
        await _account.PutAsync(PipedriveTokenAccount.Task("2"));
        var stamp = "2026-01-05T06:30:00Z";
        Assert.Empty(_account.Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":false,"update_time":"{{stamp}}"}""").Hints);
        Assert.NotEmpty(_account.Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":true,"update_time":"{{stamp}}"}""").Hints);
        Assert.NotEmpty(_account.Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":false,"update_time":"{{stamp}}"}""", source: "app").Hints);
    }

    [Fact]
    public async Task A_task_that_somebody_closed_just_before_our_change_is_heard_of()
    {
        await _account.PutAsync(PipedriveTokenAccount.Task("2"));
        _account.Done = "true";
        await _account.PutAsync(PipedriveTokenAccount.Task("2") with { Title = "REMINDER", Completed = null, ChangesOnly = true });

        Assert.NotEmpty(_account.Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":true,"update_time":"2026-01-05T06:30:00Z"}""").Hints);
    }

    [Theory]
    [InlineData("2026-01-05T06:59:58Z", 2)]
    [InlineData("2026-01-05T06:59:59Z", 1)]
    [InlineData("2026-01-05T07:00:00Z", 1)]
    public void An_event_is_what_a_poll_finds_later_once_its_second_is_over(string stamp, int hints)
    {
        var told = _account.Tell("person", "12", $$"""{"update_time":"{{stamp}}"}""");
        Assert.Equal(hints, told.Hints.Count);
        Assert.Equal(hints == 2, told.Hints.Any(h => h.Delivery == $"persons:12@{stamp}"));
    }

    [Fact]
    public async Task A_walk_through_all_activities_spares_the_lists_of_leads_and_what_changes_meanwhile_is_read()
    {
        Assert.Single(await _account.CallsOfAsync(_account.SweepAsync), List);
        Assert.Empty(await _account.CallsOfAsync(() => _account.ReadAsync(ReadDepth.Facts)));
        Assert.Equal([List, "POST /api/v2/activities"], await _account.CallsOfAsync(() => _account.PutAsync(PipedriveTokenAccount.Task("1"))));

        using var other = new PipedriveTokenAccount { IsListed = false };
        await other.SweepAsync();
        Assert.Empty(await other.CallsOfAsync(() => other.ReadAsync(ReadDepth.Facts)));
        other.Tell("activity", "7", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","update_time":"2026-01-05T06:00:00Z"}""", "app");
        Assert.Equal([Alone], await other.CallsOfAsync(() => other.ReadAsync(ReadDepth.Facts)));
    }

    [Fact]
    public async Task Leads_of_a_person_are_asked_for_once()
    {
        await _account.Adapter.LeadsOfAsync("persons", ["12"], Stop);
        Assert.Empty(await _account.CallsOfAsync(async () => await _account.Adapter.LeadsOfAsync("persons", ["12"], Stop)));
    }

    [Fact]
    public void Only_deals_have_a_history() => Assert.Equal((false, true), (_account.Adapter.KeepsHistoryOf(PipedriveHarness.Lead), _account.Adapter.KeepsHistoryOf("12")));
}
