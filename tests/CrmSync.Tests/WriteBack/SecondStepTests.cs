using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Tests.WriteBack;

/// <summary>Of a step in two requests the first is in the CRM: an end without the second must say so.</summary>
public sealed class SecondStepTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_wish_that_came_between_two_requests_is_left_to_stand()
    {
        var clear = Storage.Some.Intent("t1", "a", IntentStep.Clear);
        var fields = new Dictionary<string, string?> { [HandoverFields.Request] = null, [HandoverFields.Handover] = "rejected", [HandoverFields.Marker] = "v1.abc123.key-a.t1.c" };

        var second = Settling.Applied(clear with { Body = clear.Body with { Marker = fields[HandoverFields.Marker]!, Fields = fields } }, Storage.Some.Lead("a"), Now).Next!.Body;

        Assert.Equal(["rejected", "v1.abc123.key-a.t1"], second.Fields.OrderBy(f => f.Key).Select(f => f.Value));
    }

    [Theory]
    [InlineData(IntentStep.Write, AuditKind.Superseded)]
    [InlineData(IntentStep.Clear, AuditKind.Superseded)]
    [InlineData(IntentStep.Set, AuditKind.Conflict)]
    public void A_record_that_moved_on_or_cannot_be_read_ends_a_second_request_as_a_conflict(IntentStep step, AuditKind kind)
    {
        foreach (var reading in new CrmReading[] { new("a", CrmReadingKind.Moved, MovedTo: "b"), new("a", CrmReadingKind.Unreadable, Reason: "off") })
            Assert.Equal(kind, WriteGuard.Check(Storage.Some.Intent("t1", "a", step), Storage.Some.Lead("a"), reading, Now)!.Audit!.Kind);
    }

    [Theory]
    [InlineData(IntentStep.Write, AuditKind.Gone)]
    [InlineData(IntentStep.Clear, AuditKind.Gone)]
    [InlineData(IntentStep.Set, AuditKind.Conflict)]
    public void A_record_that_went_ends_a_second_request_as_a_conflict_and_is_looked_at_once_more(IntentStep step, AuditKind kind)
    {
        var settled = Settling.Written(Storage.Some.Intent("t1", "a", step), Storage.Some.Lead("a"), new("a", "t1", WriteOutcome.Gone), TimeSpan.FromMinutes(1), Now);
        Assert.Equal((kind, Now.AddMinutes(1)), (settled.Audit!.Kind, settled.LookAt));
    }
}
