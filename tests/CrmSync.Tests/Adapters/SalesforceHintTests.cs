using CrmSync.Adapters.Salesforce;
using CrmSync.Adapters.Salesforce.PubSub;

namespace CrmSync.Tests.Adapters;

/// <summary>Which change events say to look, which are our own echo, and which hide what changed.</summary>
public sealed class SalesforceHintTests
{
    private const string Us = SalesforceHarness.Us;
    private const string Rep = SalesforceHarness.Rep;

    [Theory]
    [InlineData("UPDATE", Us, "crmsync_why__c,crmsync_marker__c,SystemModstamp", false)]
    [InlineData("UPDATE", Us, "Lifecycle_Stage__c,LastModifiedDate", false)]
    [InlineData("UPDATE", Us, "crmsync_marker__c,Title", true)]
    [InlineData("UPDATE", Us, "crmsync_marker__c,crmsync_decision__c", true)]
    [InlineData("UPDATE", Us, "crmsync_request__c", true)]
    [InlineData("UPDATE", Us, null, true)]
    [InlineData("UPDATE", Rep, "crmsync_why__c,crmsync_marker__c", true)]
    [InlineData("CREATE", Us, "crmsync_marker__c", true)]
    [InlineData("UNDELETE", Us, "crmsync_marker__c", true)]
    public void Only_an_update_of_ours_that_touched_nothing_but_our_own_fields_is_no_hint(string kind, string user, string? changed, bool isHint) =>
        Assert.Equal(isHint ? [SalesforceHarness.Lead] : [], SalesforceHints.Of(Event(kind, user, changed, SalesforceHarness.Lead), Options, Us).Select(h => h.RecordId));

    [Fact]
    public void Nothing_is_taken_for_ours_where_our_user_is_not_known() =>
        Assert.Single(SalesforceHints.Of(Event("UPDATE", Us, "crmsync_marker__c", SalesforceHarness.Lead), Options, null));

    [Theory]
    [InlineData("GAP_OVERFLOW", SalesforceHarness.Lead, true)]
    [InlineData("UPDATE", null, true)]
    [InlineData("UPDATE", "00Q*", true)]
    [InlineData("UPDATE", SalesforceHarness.Lead, false)]
    [InlineData("GAP_UPDATE", SalesforceHarness.Lead, false)]
    public void An_overflowthat_does_not_say_which_records_hides_changes(string kind, string? id, bool isBlind) =>
        Assert.Equal(isBlind, SalesforceHints.HidesChanges(Event(kind, Rep, null, id), Options));

    [Theory]
    [InlineData("Case")]
    [InlineData("Account")] // left out by the admin
    public void What_nobody_watches_hides_nothing(string entity)
    {
        var overflow = Event("GAP_OVERFLOW", Rep, null, null) with { Entity = entity };

        Assert.False(SalesforceHints.HidesChanges(overflow, new(SalesforceHarness.With(("Streams", "contacts")))));
    }

    private static SalesforceOptions Options => new(SalesforceHarness.Connection);

    private static ChangeHeader Event(string kind, string user, string? changed, string? id) =>
        new("Lead", id is null ? [] : [id], kind, "tx", 1, user, changed?.Split(','));
}
