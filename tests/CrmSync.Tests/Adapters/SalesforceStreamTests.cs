using CrmSync.Adapters;
using CrmSync.Adapters.Salesforce;
using CrmSync.Adapters.Salesforce.PubSub;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;
using Grpc.Core;

namespace CrmSync.Tests.Adapters;

/// <summary>Change events, from the sandbox's event bus over TLS to hints.</summary>
public sealed class SalesforceStreamTests : IAsyncLifetime
{
    private const string Channel = "/data/ChangeEvents";
    private CrmStage _stage = null!;
    private ReadOnlyMemory<byte> _from;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => OpenAsync(new());

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_change_is_told_by_record_and_stream()
    {
        var lead = Assert.Single(_stage.Add(new LeadSpec { Key = "a", Email = "a@example.dk", Name = "Anna Holm", Company = new() { Key = "c", Name = "Holm A/S" } }));
        _stage.Act("a", "convert");

        var hints = await HintsAsync(_from, 5);

        Assert.Equal(lead, Assert.Single(hints.Where(h => h.Stream == "leads").Select(h => h.RecordId).Distinct()));
        Assert.Superset(new HashSet<string> { "leads", "accounts", "contacts", "opportunities" }, hints.Select(h => h.Stream).ToHashSet());
        Assert.Equal(hints.Count, hints.Select(h => h.Delivery).Distinct().Count());
    }

    [Fact]
    public async Task Goes_on_behind_a_position_and_tells_nothing_twice()
    {
        var ids = _stage.Add(3);
        var first = await NextAsync(_from);
        var more = _stage.Add(new LeadSpec { Key = "later", Email = "l@example.dk", Name = "Lone Holm" });

        var then = await HintsAsync(first.Position!.Value, 1);

        Assert.Equal(ids, first.Hints.Select(h => h.RecordId));
        Assert.Equal(more, then.Select(h => h.RecordId));
    }

    [Fact]
    public async Task An_event_delivered_again_has_the_same_delivery()
    {
        _stage.Add(5);

        Assert.Equal(await HintsAsync(_from, 5), await HintsAsync(_from, 5));
    }

    [Fact]
    public async Task More_events_than_may_be_asked_for_at_once_all_come()
    {
        var ids = _stage.Add(450);

        var hints = await HintsAsync(_from, 450);

        Assert.Equal(ids.Order(), hints.Select(h => h.RecordId).Order());
    }

    [Fact]
    public async Task A_quiet_stream_brings_a_newer_position()
    {
        var quiet = await NextAsync(_from);

        Assert.Empty(quiet.Hints);
        Assert.False(quiet.HasGap);
        Assert.NotEqual(_from.ToArray(), quiet.Position!.Value.ToArray());
    }

    [Fact]
    public async Task Without_a_position_nothing_is_told_of_what_was_before()
    {
        _stage.Add(2);

        Assert.Empty((await NextAsync(null)).Hints);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_a_gap_and_the_next_one_is_heard()
    {
        _stage.Control.SetSwitch("salesforce", "cutEventEvery", 1);
        _stage.Add(1);
        var unread = await NextAsync(_from);
        _stage.Control.SetSwitch("salesforce", "cutEventEvery", 0);
        var later = _stage.Add(new LeadSpec { Key = "later", Email = "l@example.dk", Name = "Lone Holm" });

        Assert.Equal((true, 0), (unread.HasGap, unread.Hints.Count));
        Assert.Equal(later, (await HintsAsync(unread.Position!.Value, 1)).Select(h => h.RecordId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_position_that_is_kept_no_longer_is_a_gap_and_what_comes_then_is_heard(bool isOld)
    {
        _stage.Pass(TimeSpan.FromHours(73));
        await using var listening = Listen(isOld ? _from : new byte[] { 1, 2, 3 });

        var lost = await ComesAsync(listening);
        var quiet = await ComesAsync(listening);
        var later = _stage.Add(2);
        var heard = await ComesAsync(listening);

        Assert.Equal((true, true, 0), (lost.HasGap, lost.Position is null, lost.Hints.Count));
        Assert.Equal((false, false), (quiet.HasGap, quiet.Position is null));
        Assert.Equal(later[0], heard.Hints[0].RecordId);
    }

    [Fact]
    public async Task More_changes_than_can_be_told_are_a_gap()
    {
        _stage.Control.Generate(new() { Crm = "salesforce", Count = 20 });

        var batch = await NextAsync(_from);

        Assert.True(batch.HasGap);
        Assert.Empty(batch.Hints);
    }

    [Fact]
    public async Task A_change_that_is_not_told_says_at_least_where_it_was()
    {
        _stage.Control.SetSwitch("salesforce", "gapEvery", 1);
        var ids = _stage.Add(2);

        var batch = await NextAsync(_from);

        Assert.Equal(ids, batch.Hints.Select(h => h.RecordId));
        Assert.False(batch.HasGap);
    }

    [Fact]
    public async Task A_call_that_was_cut_is_passing_and_the_position_before_it_brings_everything()
    {
        var ids = _stage.Add(3);
        _stage.Fail(new() { Method = "STREAM" }, "cut", 100);

        var failure = await Assert.ThrowsAsync<CrmException>(() => NextAsync(_from));
        _stage.Control.ClearFaults();

        Assert.Equal(CrmFailure.Transient, failure.Failure);
        Assert.Equal(ids, (await HintsAsync(_from, 3)).Select(h => h.RecordId));
    }

    [Fact]
    public async Task A_call_that_is_refused_is_never_said_to_be_taken()
    {
        _stage.Fail(new() { Method = "GRPC" }, "revoke", 100);
        await using var listening = Listen(_from);

        await Assert.ThrowsAsync<CrmException>(() => _stage.PumpAsync(listening.MoveNextAsync().AsTask()));
    }

    [Fact]
    public async Task A_call_that_has_told_something_was_taken_and_says_so_first()
    {
        var ids = _stage.Add(1);
        await using var listening = Listen(_from);

        Assert.True(await _stage.PumpAsync(listening.MoveNextAsync().AsTask()));

        Assert.Equal((true, false, 0), (listening.Current.IsCallTaken, listening.Current.HasGap, listening.Current.Hints.Count));
        Assert.True(await _stage.PumpAsync(listening.MoveNextAsync().AsTask()));
        Assert.Equal(ids, listening.Current.Hints.Select(h => h.RecordId));
    }

    [Theory]
    [InlineData("told", true)]
    [InlineData("silent", true)] // whoever refuses does so at once
    [InlineData("ended", false)]
    [InlineData("refused", false)]
    [InlineData("cut", false)]
    public async Task A_call_was_taken_that_tells_something_or_was_not_refused_for_long(string call, bool taken)
    {
        var next = call switch
        {
            "told" => Task.FromResult(true),
            "ended" => Task.FromResult(false),
            "refused" => Task.FromException<bool>(new RpcException(new(StatusCode.Unauthenticated, "no"))),
            "cut" => Task.FromException<bool>(new IOException("cut")),
            _ => new TaskCompletionSource<bool>().Task,
        };
        Assert.Equal(taken, await EventCall.TakenAsync(next, new CancellationToken(canceled: call == "silent"), Stop));
    }

    [Fact]
    public async Task A_session_that_is_over_is_renewed_without_a_word()
    {
        var adapter = Renewing();
        _stage.Fail(new() { Method = "GRPC" }, "revoke", 1);
        var ids = _stage.Add(1);

        await using var listening = adapter.Stream!.ReadAsync(Channel, _from, Stop).GetAsyncEnumerator(Stop);

        Assert.Equal(ids, (await ComesAsync(listening)).Hints.Select(h => h.RecordId));
        (adapter as IDisposable)?.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // one new session is asked for, and no second one
    public async Task A_session_that_is_refused_for_good_says_who_must_act(bool renews)
    {
        var adapter = renews ? Renewing() : _stage.Adapter;
        _stage.Fail(new() { Method = "GRPC" }, "revoke", 100);
        await using var listening = adapter.Stream!.ReadAsync(Channel, _from, Stop).GetAsyncEnumerator(Stop);

        var failure = await Assert.ThrowsAsync<CrmException>(() => ComesAsync(listening));

        Assert.Equal(CrmFailure.Unauthorised, failure.Failure);
        Assert.Contains("ChangeEvents: off", failure.Repair, StringComparison.Ordinal);
        if (renews)
            (adapter as IDisposable)?.Dispose();
    }

    [Fact]
    public async Task The_days_allowance_rests_for_an_hour()
    {
        _stage.Control.SetSwitch("salesforce", "dailyEvents", 2);
        _stage.Add(3);

        var failure = await Assert.ThrowsAsync<CrmException>(() => NextAsync(_from));

        Assert.Equal(CrmFailure.RateLimited, failure.Failure);
        Assert.True(failure.RetryAt >= _stage.Time.GetUtcNow().AddMinutes(59));
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_refused()
    {
        var adapter = _stage.Connect(c => c with { Mapping = new() { Options = new Dictionary<string, string>(c.Mapping.Options) { ["Channels"] = "/data/Nothing__chn" } } });

        var failure = await Assert.ThrowsAsync<CrmException>(async () =>
        {
            await using var listening = adapter.Stream!.ReadAsync("/data/Nothing__chn", null, Stop).GetAsyncEnumerator(Stop);
            await ComesAsync(listening);
        });

        Assert.Equal(CrmFailure.Refused, failure.Failure);
        (adapter as IDisposable)?.Dispose();
    }

    [Fact]
    public async Task Our_own_writes_are_no_hint_and_those_of_others_are()
    {
        await _stage.SetUpAsync();
        var ids = _stage.Add(2);
        var before = await NextAsync(_from);
        await _stage.WriteAsync([.. ids.Select(id => new LeadWrite(id, id, StageStep.Set, LifecycleStage.MarketingQualified,
            new Dictionary<string, string?> { [HandoverFields.Marker] = $"v1.s.{id}.t", [HandoverFields.Handover] = "waiting" }))]);
        _stage.Act("p1", "edit", fields: new Dictionary<string, string?> { ["Title"] = "CEO" }, person: "rep1");

        var hints = await HintsAsync(before.Position!.Value, 1);

        Assert.Equal(ids[1], Assert.Single(hints).RecordId);
    }

    [Fact]
    public async Task Our_write_to_a_contact_is_known_by_the_names_of_its_own_fields()
    {
        await _stage.SetUpAsync();
        var lead = _stage.Add(1)[0];
        _stage.Act("p0", "convert");
        var contact = (await _stage.ReadAsync([lead], ReadDepth.Guard))[0].MovedTo!;
        await _stage.WriteAsync([new(contact, contact, StageStep.Set, LifecycleStage.SalesQualified, new Dictionary<string, string?> { [HandoverFields.Marker] = "v1.s.k.t", [HandoverFields.Handover] = "accepted" })]);
        var other = _stage.Add(new LeadSpec { Key = "later", Email = "l@example.dk", Name = "Lone Holm" })[0];

        var hints = await UntilAsync(_from, other);

        // Once made, and not changed since by anybody but us.
        Assert.Single(hints, h => h.RecordId == contact);
    }

    [Theory]
    [InlineData("/data/LeadChangeEvent", "")]
    [InlineData("/data/LeadChangeEvent,/data/ContactChangeEvent", "Contact")]
    [InlineData("/data/ChangeEvents", "Contact, Opportunity, CampaignMember, Account")]
    public async Task Only_the_objects_that_are_listened_to_must_be_told(string channels, string missing)
    {
        await OpenAsync(new() { ChangeEntities = ["Lead"] });
        var adapter = _stage.Connect(c => c with { Mapping = new() { Options = new Dictionary<string, string>(c.Mapping.Options) { ["Channels"] = channels } } });

        var told = (await _stage.PumpAsync(adapter.CheckAsync(Stop))).Where(p => p.Code == "change-events-missing").ToList();
        var steps = await _stage.PumpAsync(adapter.SetupAsync(false, Stop));
        var after = await _stage.PumpAsync(adapter.CheckAsync(Stop));

        Assert.Equal(missing.Length > 0 ? [$"The org does not tell changes of {missing} as they happen: they are found by polling."] : [], told.Select(p => p.Problem));
        Assert.Equal(missing, string.Join(", ", steps.Where(s => s is { What: "change events", Outcome: SetupOutcome.Created }).Select(s => s.Name)));
        Assert.DoesNotContain(after, p => p.Code == "change-events-missing");
        (adapter as IDisposable)?.Dispose();
    }

    [Fact]
    public async Task Check_says_what_is_not_told_and_set_up_selects_it()
    {
        await OpenAsync(new() { ChangeEntities = ["Lead"] });

        var before = Assert.Single(await _stage.CheckAsync(), p => p.Code == "change-events-missing");
        var steps = await _stage.PumpAsync(_stage.Adapter.SetupAsync(false, Stop));
        var after = await _stage.CheckAsync();

        Assert.Equal(ProblemReach.Hint, before.Reach);
        Assert.Contains("Contact, Opportunity, CampaignMember, Account", before.Problem, StringComparison.Ordinal);
        Assert.Equal(4, steps.Count(s => s is { What: "change events", Outcome: SetupOutcome.Created }));
        Assert.DoesNotContain(after, p => p.Code == "change-events-missing");
        Assert.Contains(await _stage.PumpAsync(_stage.Adapter.SetupAsync(false, Stop)), s => s is { What: "change events", Outcome: SetupOutcome.Exists });
    }

    [Fact]
    public async Task Set_up_says_what_to_select_by_hand_where_the_right_is_missing()
    {
        await OpenAsync(new() { ChangeEntities = ["Lead", "Contact", "Opportunity", "CampaignMember", "Task"] });

        var step = Assert.Single(await _stage.PumpAsync(_stage.Adapter.SetupAsync(false, Stop)), s => s.What == "change events");

        Assert.Equal(SetupOutcome.Manual, step.Outcome);
        Assert.Contains("Change Data Capture: select Account", step.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_listens_where_an_admin_turned_it_off()
    {
        var adapter = _stage.Connect(c => c with { Mapping = new() { Options = new Dictionary<string, string>(c.Mapping.Options) { ["ChangeEvents"] = "off" } } });

        Assert.Null(adapter.Stream);
    }

    [Theory]
    [InlineData("ChangeEvents", "perhaps")]
    [InlineData("PubSubUrl", "http://127.0.0.1:1")]
    [InlineData("PubSubUrl", "https://evil.example")]
    [InlineData("Channels", "LeadChangeEvent")]
    public void Settings_that_make_no_sense_are_named(string option, string value) =>
        Assert.Contains(SalesforceOptions.Validate(SalesforceHarness.With((option, value))), p => p.Setting.EndsWith($"Options:{option}", StringComparison.Ordinal));

    private async ValueTask OpenAsync(SalesforceSwitches switches)
    {
        if (_stage is not null)
            await _stage.DisposeAsync();
        var dialect = new SalesforceAdapterTests().Dialect();
        _stage = await CrmStage.StartAsync(
            dialect with { Connection = card => WithStream(dialect.Connection(card), card) },
            new() { PubSubPort = 0, Salesforce = switches with { KeepAliveSeconds = 1, DailyLimit = 1_000_000, SessionSeconds = 100_000_000 } });
        _from = (await NextAsync(null)).Position!.Value;
    }

    /// <summary>An adapter that can get itself a new session.</summary>
    private ICrmAdapter Renewing() => _stage.Connect(c => c with { Token = null, ClientId = _stage.Card.ClientId, ClientSecret = new(_stage.Card.ClientSecret) });

    private static CrmConnection WithStream(CrmConnection connection, AccountCard card) =>
        connection with { Mapping = new() { Options = new Dictionary<string, string> { ["PubSubUrl"] = card.StreamUrl! } } };

    private IAsyncEnumerator<StreamBatch> Listen(ReadOnlyMemory<byte>? position) => _stage.Adapter.Stream!.ReadAsync(Channel, position, Stop).GetAsyncEnumerator(Stop);

    /// <summary>The first batch behind a position.</summary>
    private async Task<StreamBatch> NextAsync(ReadOnlyMemory<byte>? position)
    {
        await using var listening = Listen(position);
        return await ComesAsync(listening);
    }

    /// <summary>The next one that tells anything.</summary>
    private async Task<StreamBatch> ComesAsync(IAsyncEnumerator<StreamBatch> listening)
    {
        do
            Assert.True(await _stage.PumpAsync(listening.MoveNextAsync().AsTask()));
        while (listening.Current.IsCallTaken);
        return listening.Current;
    }

    /// <summary>All hints up to the first one about a record.</summary>
    private async Task<List<WebhookHint>> UntilAsync(ReadOnlyMemory<byte> position, string recordId)
    {
        var hints = new List<WebhookHint>();
        await using var listening = Listen(position);
        while (!hints.Exists(h => h.RecordId == recordId))
            hints.AddRange((await ComesAsync(listening)).Hints);
        return hints;
    }

    private async Task<List<WebhookHint>> HintsAsync(ReadOnlyMemory<byte> position, int atLeast)
    {
        var hints = new List<WebhookHint>();
        await using var listening = Listen(position);
        for (var batches = 0; hints.Count < atLeast; batches++)
        {
            Assert.True(batches < 50, $"Only {hints.Count} hints came.");
            hints.AddRange((await ComesAsync(listening)).Hints);
        }
        return hints;
    }
}
