using System.Reflection;
using CrmSync.Adapters;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>A merge that was told counts once its loser is gone, and not before.</summary>
public sealed class ToldMergesTests
{
    private readonly ToldMerges _merges = new(DispatchProxy.Create<ISyncStore, Memory>());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_that_is_gone_lives_on_where_it_was_told_through_all_merges()
    {
        await _merges.KeepAsync("main", [new("1", "2"), new("2", "3")], Stop);

        var readings = await _merges.ApplyAsync("main", [Gone("1"), Gone("9"), Found("2")], Stop);

        Assert.Equal([(CrmReadingKind.Moved, "3"), (CrmReadingKind.Gone, null), (CrmReadingKind.Found, null)], readings.Select(r => (r.Kind, r.MovedTo)));
        Assert.Equal(["1"], (await _merges.ApplyAsync("main", [Found("3")], Stop))[0].Lead!.FormerIds);
    }

    [Fact]
    public async Task A_record_that_is_there_is_in_no_other_one_whatever_was_told()
    {
        await _merges.KeepAsync("main", [new("1", "2")], Stop);

        var readings = await _merges.ApplyAsync("main", [Found("1"), Found("2")], Stop);

        Assert.All(readings, reading => Assert.Equal((CrmReadingKind.Found, 0), (reading.Kind, reading.Lead!.FormerIds.Count)));
    }

    [Fact]
    public async Task Two_that_were_told_to_be_each_other_are_gone()
    {
        await _merges.KeepAsync("main", [new("1", "2"), new("2", "1")], Stop);

        var reading = Assert.Single(await _merges.ApplyAsync("main", [Gone("1")], Stop));

        Assert.NotEqual("1", reading.MovedTo);
    }

    [Fact]
    public async Task Another_connections_records_are_others()
    {
        await _merges.KeepAsync("main", [new("1", "2")], Stop);

        Assert.Equal(CrmReadingKind.Gone, Assert.Single(await _merges.ApplyAsync("other", [Gone("1")], Stop)).Kind);
    }

    private static CrmReading Gone(string id) => new(id, CrmReadingKind.Gone);

    private static CrmReading Found(string id) => new(id, CrmReadingKind.Found, new CrmLead { Ref = new("main", id), ObjectKind = "deal" });

    /// <summary>The remembered values of a store.</summary>
    public class Memory : DispatchProxy
    {
        private readonly Dictionary<(string, string), string?> _values = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var name = ((string)args![0]!, (string)args[1]!);
            if (targetMethod!.Name == nameof(ISyncStore.RememberedAsync))
                return Task.FromResult(_values.GetValueOrDefault(name));
            _values[name] = (string?)args[2];
            return Task.CompletedTask;
        }
    }
}
