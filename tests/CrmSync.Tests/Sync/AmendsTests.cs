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
