using System.Reflection;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
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
        var hand = new LeadsInHand(store, new FakeTimeProvider());
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

    /// <summary>A store whose file somebody else holds at times.</summary>
    public class HeldStore : DispatchProxy
    {
        public bool IsHeld { get; set; }
        public List<string> Released { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ISyncStore.TakeAsync))
                return Task.FromResult<IReadOnlyList<TakenLead>>([]);
            if (targetMethod.Name != nameof(ISyncStore.ReleaseAsync))
                throw new NotSupportedException(targetMethod.Name);
            if (IsHeld)
                return Task.FromException(new StoreException(StoreFailure.Locked, "Somebody holds the file.", "Wait."));
            Released.AddRange(((IReadOnlyList<TakenLead>)args![1]!).Select(lead => lead.LeadId));
            return Task.CompletedTask;
        }
    }
}
