using CrmSync.Tests.Support;
using CrmSync.Worker.Audit;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The fields by which managers make reports in their own CRM, where the mapping asks for them.</summary>
public sealed class ReportFieldsTests
{
    [Fact]
    public async Task Offer_and_answer_stand_in_fields_of_their_own()
    {
        await using var stage = await Stage.StartAsync(new() { ReportFields = true }, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal((InstantText.Of(episode.OfferedAt!.Value), "1"), (Instant(stage, "crmsync_offered_at"), stage.Field("anna", "crmsync_episode")));
        Assert.Matches("^.+ v[0-9]+$", stage.Field("anna", "crmsync_rules"));
        Assert.Null(stage.Field("anna", "crmsync_decided_at"));

        await stage.PassAsync(TimeSpan.FromMinutes(10));
        stage.Act("anna", "accept", "rep1");
        var answered = stage.Now;
        await stage.RunUntilQuietAsync();

        episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal(answered, episode.DecidedAt);
        Assert.Equal((InstantText.Of(answered), episode.DecidedBy), (Instant(stage, "crmsync_decided_at"), stage.Field("anna", "crmsync_decided_by")));
        Assert.NotNull(episode.DecidedBy);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_new_offer_empties_the_answer_of_the_last_one()
    {
        await using var stage = await Stage.StartAsync(new() { ReportFields = true }, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.PassAsync(TimeSpan.FromMinutes(10));
        await stage.OfferAsync("anna");

        Assert.Equal("2", stage.Field("anna", "crmsync_episode"));
        Assert.All(["crmsync_decided_at", "crmsync_decided_by"], field => Assert.True(string.IsNullOrEmpty(stage.Field("anna", field)), field));
    }

    [Fact]
    public async Task Without_being_asked_for_they_are_not_there()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        Assert.Null(stage.Field("anna", "crmsync_offered_at"));
        Assert.Null(stage.Field("anna", "crmsync_episode"));
    }

    private static string Instant(Stage stage, string field) =>
        InstantText.Of(DateTimeOffset.Parse(stage.Field("anna", field)!, System.Globalization.CultureInfo.InvariantCulture));
}
