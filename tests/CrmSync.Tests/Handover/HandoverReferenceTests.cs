using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CsCheck;

namespace CrmSync.Tests.Handover;

/// <summary>Random stories, told to the process and to a plain reference: both must see the same hand-over.</summary>
public sealed class HandoverReferenceTests
{
    private const int MostSteps = 6;

    [Theory]
    [InlineData(SilencePolicy.ReturnToMarketing, false)]
    [InlineData(SilencePolicy.ReturnToMarketing, true)]
    [InlineData(SilencePolicy.Accept, false)]
    [InlineData(SilencePolicy.Wait, false)]
    [InlineData(SilencePolicy.Reassign, false)]
    public void Goes_the_way_of_the_reference(SilencePolicy silence, bool movesAccept) => Event.Stories.Sample(story =>
    {
        var policy = Some.Policy with { DueAt = (at, _) => at.AddDays(1), Silence = silence, Accept = new() { OnStageMoved = movesAccept } };
        var (world, plain, episode) = (new PlainWorld(), new PlainHandover(silence, movesAccept), default(Episode));
        for (var i = 0; i < story.Length; i++)
        {
            world.Let(story[i], episode?.State.IsAccepted() == true);
            for (var steps = 0; ; steps++)
            {
                Assert.True(steps < MostSteps, $"event {i}: does not come to rest");
                var before = episode;
                var move = HandoverProcess.Next(world.Subject(episode), world.Facts, policy, world.Now);
                episode = move.Step?.Episode ?? move.Episode;
                Assert.True(plain.Step(world) == (move.Step is not null) && plain.State == episode?.State && plain.Number == (episode?.Number ?? 0),
                    $"event {i}, {story[i]}: {before?.Number}/{before?.State} became {episode?.Number}/{episode?.State}, not {plain.Number}/{plain.State}");
                Assert.True(move.Refused is not null == (move.Step is null && world.Request is MarketingRequest.Send or MarketingRequest.Dispute),
                    $"event {i}, {story[i]}: {world.Request} with a step to {move.Step?.Episode.State} was answered {move.Refused}");
                if (move.Refused is not null)
                    world.Refuse();
                if (move.Step is null)
                    break;
                world.Write(move.Step);
            }
        }
    }, iter: 20_000);

    [Fact]
    public void Never_goes_backwards_by_itself() => Event.Stories.Sample(story =>
    {
        var (world, episode) = (new PlainWorld(), default(Episode));
        foreach (var what in story)
        {
            world.Let(what, episode?.State.IsAccepted() == true);
            for (var steps = 0; steps < MostSteps; steps++)
            {
                var move = HandoverProcess.Next(world.Subject(episode), world.Facts, Some.Policy, world.Now);
                Assert.True(move.Step is null || move.Step.ToStage >= world.Stage);
                episode = move.Step?.Episode ?? move.Episode;
                if (move.Step is null)
                    break;
                world.Write(move.Step);
            }
        }
    }, iter: 5_000);
}
