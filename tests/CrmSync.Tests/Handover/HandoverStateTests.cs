using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;

namespace CrmSync.Tests.Handover;

public sealed class HandoverStateTests
{
    [Theory]
    [InlineData(HandoverState.Held, true, false)]
    [InlineData(HandoverState.AwaitingDecision, true, false)]
    [InlineData(HandoverState.Returned, true, false)]
    [InlineData(HandoverState.Accepted, true, true)]
    [InlineData(HandoverState.AcceptedBySilence, true, true)]
    [InlineData(HandoverState.AcceptedByAction, true, true)]
    [InlineData(HandoverState.Rejected, false, false)]
    [InlineData(HandoverState.Disqualified, false, false)]
    [InlineData(HandoverState.Expired, false, false)]
    [InlineData(HandoverState.Superseded, false, false)]
    [InlineData(HandoverState.Withdrawn, false, false)]
    [InlineData(HandoverState.Recycled, false, false)]
    public void Says_what_is_open_and_what_is_accepted(HandoverState state, bool open, bool accepted) =>
        Assert.Equal((open, accepted), (state.IsOpen(), state.IsAccepted()));

    [Fact]
    public void Has_an_option_in_the_field_for_each_state_but_withdrawn()
    {
        var options = HandoverFields.All.Single(f => f.Name == HandoverFields.Handover).Options.Select(o => o.Value).ToHashSet();
        Assert.All(Enum.GetValues<HandoverState>(), state =>
            Assert.True(state == HandoverState.Withdrawn ? HandoverStateCode.Of(state) is null : options.Contains(HandoverStateCode.Of(state)!), state.ToString()));
    }
}
