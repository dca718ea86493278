using System.Reflection;
using CrmSync.Adapters;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Sync;

/// <summary>A pass in which edits are given back.</summary>
public sealed class AmendsTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_edit_that_cannot_be_dealt_with_spoils_no_other_lead()
    {
        var (crm, store) = (new FakeCrm(), DispatchProxy.Create<ISyncStore, BrokenOne>());
        crm.Holds("a", "mql", null);
        crm.Holds("b", "mql", null);
        List<TakenLead> taken = [new("a", 1, 0), new("b", 2, 0)];
        var known = new Dictionary<string, LeadRecord> { ["a"] = Storage.Some.Lead("a"), ["b"] = Storage.Some.Lead("b") };

        var (readings, _) = await new Amends(store, new RandomIds(), NullLogger<Amends>.Instance).MakeAsync(
            crm.Connect(), taken, [crm.Records["a"], crm.Records["b"]], known, T0, TestContext.Current.CancellationToken);

        Assert.Equal([CrmReadingKind.Unreadable, CrmReadingKind.Found], readings.Select(r => r.Kind));
        Assert.Equal(["a", "b"], taken.Select(t => t.LeadId));
    }

    [Fact]
    public async Task Two_edits_of_one_lead_are_told_in_the_order_of_our_writes()
    {
        var (crm, store) = (new FakeCrm(), DispatchProxy.Create<ISyncStore, TwoOfOne>());
        crm.Holds("a", "sal", null);
        var known = new Dictionary<string, LeadRecord> { ["a"] = Storage.Some.Lead("a") };

        await new Amends(store, new RandomIds(), NullLogger<Amends>.Instance).MakeAsync(
            crm.Connect(), [new("a", 1, 0)], [crm.Records["a"]], known, T0, TestContext.Current.CancellationToken);

        var pass = Assert.Single(((TwoOfOne)(object)store).Recorded);
        Assert.Equal(["Customer", "SalesAccepted"], pass.Audit.Select(row => row.ToStage));
        Assert.Equal(2, pass.ToldEdits.Count);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)] // another lead's: nothing of this one is given back there
    public async Task What_was_lost_on_a_lead_that_became_another_record_is_given_back_there(bool isKnown, int kept)
    {
        var (crm, store) = (new FakeCrm(), DispatchProxy.Create<ISyncStore, TwoOfOne>());
        var two = (TwoOfOne)(object)store;
        two.There = isKnown ? Storage.Some.Lead("b") : null;
        var known = new Dictionary<string, LeadRecord> { ["a"] = Storage.Some.Lead("a") };

        await new Amends(store, new RandomIds(), NullLogger<Amends>.Instance).MakeAsync(
            crm.Connect(), [new("a", 1, 0)], [new("a", CrmReadingKind.Moved, MovedTo: "b")], known, T0, TestContext.Current.CancellationToken);

        var pass = Assert.Single(two.Recorded);
        Assert.Equal(Enumerable.Repeat("b", kept), pass.KeptEdits.Select(edit => edit.LeadId));
        Assert.Equal(["a", "a"], pass.ToldEdits.Select(edit => edit.LeadId));
    }

    /// <summary>Keeps two edits of one lead, the later one first: names of transitions are random.</summary>
    public class TwoOfOne : DispatchProxy
    {
        public IReadOnlyList<LeadPass> Recorded { get; private set; } = [];

        /// <summary>Whom the record is of that the lead became.</summary>
        public LeadRecord? There { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(ILostEdits.LostEditsAsync):
                    return Task.FromResult<IReadOnlyList<LostEdit>>(
                        [new("t1", false, "a") { Stage = new("sal", T0, "7") }, new("t2", false, "a") { Stage = new("customer", T0, "8") }]);
                case nameof(ILostEdits.IntentAsync):
                    var id = (string)args![0]!;
                    return Task.FromResult<IntentRow?>(Storage.Some.Intent(id, "a") with { State = IntentState.Applied, CreatedAt = T0.AddMinutes(id == "t1" ? -1 : -9) });
                case nameof(ISyncStore.RecordAsync):
                    Recorded = (IReadOnlyList<LeadPass>)args![1]!;
                    return Task.CompletedTask;
                case nameof(ISyncStore.FindAsync):
                    return Task.FromResult<IReadOnlyDictionary<string, LeadRecord>>(There is null ? new Dictionary<string, LeadRecord>() : new Dictionary<string, LeadRecord> { ["b"] = There });
                case "get_StoreId":
                    return "abc123";
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }

    /// <summary>Keeps an edit of each lead; the effect that the first one was lost to cannot be read.</summary>
    public class BrokenOne : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(ILostEdits.LostEditsAsync) => Task.FromResult<IReadOnlyList<LostEdit>>([new("t1", false, "a"), new("t2", false, "b")]),
            nameof(ILostEdits.IntentAsync) => (string)args![0]! == "t1" ? Task.FromException<IntentRow?>(new FormatException()) : Task.FromResult<IntentRow?>(null),
            nameof(ISyncStore.RecordAsync) => Task.CompletedTask,
            _ => throw new NotSupportedException(targetMethod.Name),
        };
    }
}
