using CrmSync.Worker.Commands.Shell;
using CrmSync.Adapters.HubSpot;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Demo;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The whole loop, played: the same seed tells the same story, and polling alone ends in the same place.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_same_seed_gives_the_same_transitions_and_polling_alone_the_same_end()
    {
        var plays = await Task.WhenAll(PlayAsync(webhooks: true), PlayAsync(webhooks: true), PlayAsync(webhooks: false));

        Assert.NotEmpty(plays[0].Transitions);
        Assert.Equal(plays[0].Transitions, plays[1].Transitions);
        Assert.Equal(plays[0].Ends, plays[2].Ends);
    }

    [Fact]
    public async Task What_was_decided_can_be_decided_again_by_the_rules_in_its_file()
    {
        var play = await PlayAsync(webhooks: true, leads: 8);

        Assert.NotEmpty(play.Transitions);
        Assert.Equal("RuleSetLoaded", play.FirstRow);
        Assert.Empty(play.LostRules);
    }

    private static async Task<Play> PlayAsync(bool webhooks, int leads = 16)
    {
        var directory = Directory.CreateTempSubdirectory("crmsync-demo-test-").FullName;
        try
        {
            var options = new DemoOptions
            {
                Leads = leads, Seed = 5, Crms = ["hubspot"], Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero), Webhooks = webhooks,
                DataDirectory = directory, RulesFile = RulesLocation.Shipped,
            };
            var world = new CommandWorld(TextWriter.Null, TextWriter.Null, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot());
            await using (var run = await DemoRun.StartAsync(options, world, new CollectedLogs(), default))
                Assert.True(await run.PlayAsync(_ => { }, default));
            var file = new StoreFile(directory);
            return new(
                file.Rows("""
                    SELECT lead_id, episode, from_stage, to_stage, handover_state, actor, decided_at FROM transitions
                    WHERE outcome <> 'observed' ORDER BY lead_id, sequence
                    """),
                file.Rows("SELECT l.lead_id, s.stage, s.handover_state, s.episode FROM lead_states s JOIN leads l USING(lead_key) ORDER BY l.lead_id"),
                file.Rows("SELECT kind FROM audit ORDER BY sequence LIMIT 1").SingleOrDefault(),
                file.Rows("SELECT DISTINCT rule_set_hash FROM audit WHERE rule_set_hash IS NOT NULL AND rule_set_hash NOT IN (SELECT hash FROM rule_sets)"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <param name="LostRules">Hashes of rules by which something was decided and that are not kept.</param>
    private sealed record Play(IReadOnlyList<string> Transitions, IReadOnlyList<string> Ends, string? FirstRow, IReadOnlyList<string> LostRules);
}
