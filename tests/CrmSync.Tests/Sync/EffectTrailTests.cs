using System.Reflection;
using CrmSync.Adapters;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using Some = CrmSync.Tests.Storage.Some;

namespace CrmSync.Tests.Sync;

/// <summary>Which effects lie between one of ours and what a record shows now.</summary>
public sealed class EffectTrailTests
{
    private static readonly IntentRow First = Effect("t1", "key-a", null);

    [Theory]
    [InlineData("v1.abc123.key-a.t1", "")]
    [InlineData("v1.abc123.key-a.t3", "t3 t2")]
    [InlineData("v1.abc123.key-a.t2", "t2")]
    [InlineData("v1.other1.key-a.t3", null)] // another store wrote
    [InlineData("v1.abc123.key-a.t9", null)] // nothing that we know
    [InlineData("v1.abc123.key-a.t5", null)] // it found what others had made of the marker
    [InlineData("v1.abc123.key-a.t6", null)] // another lead's
    [InlineData("v1.abc123.key-a.t7", null)] // it goes round
    [InlineData("", null)]
    public async Task Leads_from_what_stands_there_back_to_ours(string marker, string? since)
    {
        var crm = new FakeCrm();
        crm.Holds("a", "mql", marker);

        var trail = await EffectTrail.SinceAsync(DispatchProxy.Create<ISyncStore, Kept>(), First, crm.Records["a"].Lead, TestContext.Current.CancellationToken);

        Assert.Equal(since, trail is null ? null : string.Join(' ', trail.Select(effect => effect.TransitionId)));
    }

    [Fact]
    public async Task Leads_nowhere_where_the_record_is_gone() =>
        Assert.Null(await EffectTrail.SinceAsync(DispatchProxy.Create<ISyncStore, Kept>(), First, null, TestContext.Current.CancellationToken));

    private static IntentRow Effect(string id, string lead, string? found)
    {
        var effect = Some.Intent(id, "a");
        return effect with { LeadKey = lead, Body = effect.Body with { Marker = $"v1.abc123.{lead}.{id}", ExpectedMarker = found } };
    }

    public class Kept : DispatchProxy
    {
        private static readonly Dictionary<string, IntentRow> Effects = new[]
        {
            Effect("t2", "key-a", "v1.abc123.key-a.t1"), Effect("t3", "key-a", "v1.abc123.key-a.t2"), Effect("t5", "key-a", null),
            Effect("t6", "key-b", "v1.abc123.key-a.t1"), Effect("t7", "key-a", "v1.abc123.key-a.t7"),
        }.ToDictionary(effect => effect.TransitionId);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(ILostEdits.IntentAsync) => Task.FromResult(Effects.GetValueOrDefault((string)args![0]!)),
            "get_StoreId" => "abc123",
            _ => throw new NotSupportedException(targetMethod.Name),
        };
    }
}
