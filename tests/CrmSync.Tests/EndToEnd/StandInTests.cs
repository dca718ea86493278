using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Who is told when whoever should be is away, and when a reminder is due whose time was edited.</summary>
public sealed class StandInTests
{
    private const string Boss = "510015";
    private const string StandIn = "510008";

    [Fact]
    public async Task What_is_escalated_goes_to_who_stands_in_for_whoever_is_away()
    {
        await using var stage = await Stage.StartAsync(
            Rules(("\n  silence: return", $"\n  silence: escalate\n  escalateTo: {Boss}"),
                ("assign: { to: owner }", $"assign: {{ absent: [{{ who: {Boss}, from: 2026-01-01, until: 2026-02-01, substitute: {StandIn} }}] }}")),
            Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.NotNull((await stage.RecordAsync("anna")).Episode!.EscalatedAt);
        Assert.Equal(StandIn, Assert.Single(stage.Crm("anna").Tasks).Fields["hubspot_owner_id"]);
        Assert.Contains($"user {StandIn}", (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispute_goes_to_who_stands_in_for_whoever_is_away()
    {
        await using var stage = await Stage.StartAsync(
            Rules(("\n  silence: return", $"\n  silence: return\n  escalateTo: {Boss}"),
                ("assign: { to: owner }", $"assign: {{ absent: [{{ who: {Boss}, from: 2026-01-01, until: 2026-02-01, substitute: {StandIn} }}] }}")),
            Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "dispute", "marketing-1");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(StandIn, Assert.Single(stage.Crm("anna").Tasks).Fields["hubspot_owner_id"]);
    }

    [Fact]
    public async Task A_longer_time_to_answer_leaves_the_reminders_of_an_offer_where_they_were()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var offered = stage.Now;
        await File.WriteAllTextAsync(stage.RulesFile, (await File.ReadAllTextAsync(stage.RulesFile))
            .Replace("handRaise: 4 business hours", "handRaise: 8 business hours", StringComparison.Ordinal));

        await stage.PassAsync(offered.AddMinutes(130) - stage.Now);
        Assert.Equal(50, (await stage.RecordAsync("anna")).Episode!.ToldPercent);
    }

    [Fact]
    public async Task An_offer_whose_task_somebody_closed_is_touched_and_not_taken_back()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        await stage.OfferAsync("anna", "bo");
        stage.Act("anna", "complete-task");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        await stage.CommandAsync("withdraw", Stage.Name, "--since", "2026-01-05T00:00:00Z");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("waiting", null), (stage.Field("anna", "crmsync_handover"), stage.Field("bo", "crmsync_handover")));
    }

    private static StageSetting Rules(params (string Was, string Becomes)[] edits) =>
        new() { Rules = rules => edits.Aggregate(rules, (text, edit) => text.Replace(edit.Was, edit.Becomes, StringComparison.Ordinal)) };
}
