using System.Reflection;
using CrmSync.Adapters;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sync;

/// <summary>Leads of a pass that failed while the store could not note that either.</summary>
public sealed class LeadsInHandTests
{
    [Fact]
    public async Task A_hand_that_stayed_empty_takes_no_owed_leads_place()
    {
        var store = DispatchProxy.Create<ISyncStore, HeldStore>();
        var (held, connection) = ((HeldStore)(object)store, new FakeCrm().Connect());
        var hand = new LeadsInHand(store, new(store, NullLogger<HintExpansion>.Instance), new FakeTimeProvider());
        var stop = TestContext.Current.CancellationToken;
        held.IsHeld = true;
        await hand.GiveBackAsync(connection, [new("a", 1, 0)]);
        List<TakenLead> taken = [];
        await Assert.ThrowsAsync<StoreException>(() => hand.TakeAsync(connection, taken, stop));
        await hand.GiveBackAsync(connection, taken);
        held.IsHeld = false;

        await hand.TakeAsync(connection, [], stop);

        Assert.Equal(["a"], held.Released);
    }

    [Fact]
    public async Task A_hint_that_the_CRM_refuses_to_follow_holds_up_no_lead()
    {
        var crm = new FakeCrm { LinkFault = new CrmException(CrmFailure.Refused, "The deal is hidden."), Linked = { ["8"] = ["b"], ["9"] = [] } };
        var store = DispatchProxy.Create<ISyncStore, HeldStore>();
        var held = (HeldStore)(object)store;
        string[] hints = [.. new[] { "9", "7", "8" }.Select(id => RecordHint.Of("companies", id))];
        held.Waiting = [.. hints.Select(hint => new TakenLead(hint, 1, 0)), new("a", 2, 0)];
        var hand = new LeadsInHand(store, new(store, NullLogger<HintExpansion>.Instance), new FakeTimeProvider());

        var leads = await hand.TakeAsync(crm.Connect(), [], TestContext.Current.CancellationToken);

        Assert.Equal(["a"], leads.Select(l => l.LeadId));
        Assert.Equal(hints, held.Expanded);
        Assert.Equal(["b"], held.Found);
    }

    [Fact]
    public async Task A_deal_that_no_lead_became_is_looked_at_itself_once_a_lead_lives_on_in_it()
    {
        var crm = new FakeCrm { SequelStreams = ["deals"], LinkFault = new CrmException(CrmFailure.Refused, "No such deal."), Linked = { ["7"] = [], ["8"] = [], ["9"] = ["b"] } };
        var store = DispatchProxy.Create<ISyncStore, HeldStore>();
        var held = (HeldStore)(object)store;
        held.Known = ["7", "9"];
        held.Waiting = [.. new[] { "7", "8", "9" }.Select(id => new TakenLead(RecordHint.Of("deals", id), 1, 0))];
        var hand = new LeadsInHand(store, new(store, NullLogger<HintExpansion>.Instance), new FakeTimeProvider());

        await hand.TakeAsync(crm.Connect(), [], TestContext.Current.CancellationToken);

        Assert.Equal(["b", "7"], held.Found);
    }

    [Fact]
    public async Task Hints_for_which_the_quota_has_no_part_left_wait_and_the_leads_behind_them_do_not()
    {
        var until = new DateTimeOffset(2026, 1, 6, 0, 0, 0, TimeSpan.Zero);
        var crm = new FakeCrm { LinkFault = new CrmException(CrmFailure.RateLimited, "Polls rest.") { IsOwnRest = true, RetryAt = until } };
        var store = DispatchProxy.Create<ISyncStore, HeldStore>();
        var held = (HeldStore)(object)store;
        held.Waiting = [new(RecordHint.Of("companies", "7"), 1, 0), new("a", 2, 0)];
        var hand = new LeadsInHand(store, new(store, NullLogger<HintExpansion>.Instance), new FakeTimeProvider());

        var leads = await hand.TakeAsync(crm.Connect(), [], TestContext.Current.CancellationToken);

        Assert.Equal(["a"], leads.Select(l => l.LeadId));
        Assert.Equal([RecordHint.Of("companies", "7")], held.Released);
        Assert.Equal(until, held.ReleasedUntil);
        Assert.Empty(held.Expanded);
    }

    [Fact]
    public async Task A_hint_that_the_CRM_could_not_follow_just_now_waits()
    {
        var crm = new FakeCrm { LinkFault = new CrmException(CrmFailure.Transient, "HTTP 503") };
        var store = DispatchProxy.Create<ISyncStore, HeldStore>();
        var held = (HeldStore)(object)store;
        held.Waiting = [new(RecordHint.Of("companies", "7"), 1, 0)];
        var hand = new LeadsInHand(store, new(store, NullLogger<HintExpansion>.Instance), new FakeTimeProvider());

        await Assert.ThrowsAsync<CrmException>(() => hand.TakeAsync(crm.Connect(), [], TestContext.Current.CancellationToken));

        Assert.Empty(held.Expanded);
    }

    /// <summary>A store whose file somebody else holds at times.</summary>
    public class HeldStore : DispatchProxy
    {
        public bool IsHeld { get; set; }
        public List<string> Released { get; } = [];
        public DateTimeOffset ReleasedUntil { get; private set; }
        public List<string> Expanded { get; } = [];
        public List<string> Found { get; } = [];
        public string[] Known { get; set; } = [];
        public IReadOnlyList<TakenLead> Waiting { get; set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ISyncStore.TakeAsync))
            {
                var taken = Waiting;
                Waiting = [];
                return Task.FromResult(taken);
            }
            if (targetMethod.Name == nameof(ISyncStore.ExpandAsync))
            {
                Expanded.AddRange(((IReadOnlyList<TakenLead>)args![1]!).Select(hint => hint.LeadId));
                Found.AddRange(((IReadOnlyList<InboxEntry>)args[2]!).Select(entry => entry.LeadId));
                return Task.CompletedTask;
            }
            if (targetMethod.Name == nameof(ISyncStore.FindAsync))
                return Task.FromResult<IReadOnlyDictionary<string, LeadRecord>>(Known.Intersect((IEnumerable<string>)args![1]!).ToDictionary(id => id, id => new LeadRecord { LeadKey = id, Connection = "main", ObjectKind = "deal", LeadId = id }));
            if (targetMethod.Name != nameof(ISyncStore.ReleaseAsync))
                throw new NotSupportedException(targetMethod.Name);
            if (IsHeld)
                return Task.FromException(new StoreException(StoreFailure.Locked, "Somebody holds the file.", "Wait."));
            ReleasedUntil = (DateTimeOffset)args![2]!;
            Released.AddRange(((IReadOnlyList<TakenLead>)args[1]!).Select(lead => lead.LeadId));
            return Task.CompletedTask;
        }
    }
}
