using System.Globalization;
using System.Text.Json;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Who gets an offer, in the CRM and in the record of it.</summary>
public sealed class AssignmentTests
{
    private const string Owner = "hubspot_owner_id";

    // The account's users, in order: rep1, rep2, rep3 and marketing.
    private static readonly string[] Reps = [.. Enumerable.Range(0, 4).Select(number => (510_001 + number * 7).ToString(CultureInfo.InvariantCulture))];

    private static StageSetting By(string assign) => new() { Rules = rules => rules.Replace("assign: { to: owner }", $"assign: {assign}", StringComparison.Ordinal) };

    [Fact]
    public async Task An_offer_goes_to_the_owner_of_the_lead_and_leaves_the_owner_alone()
    {
        await using var stage = await Stage.StartAsync(By($"{{ people: [{Reps[2]}] }}"), Some.Lead("anna") with { Owner = "rep2" });
        await stage.OfferAsync("anna");
        Assert.Equal((Reps[1], AssignmentReason.LeadOwner), await HandsAsync(stage, "anna"));
        Assert.Equal(Reps[1], stage.Field("anna", Owner));
        Assert.Equal("leadOwner", Inputs(stage, "anna").GetProperty("by").GetString());
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Offers_go_round_and_make_owners_also_after_a_restart()
    {
        await using var stage = await Stage.StartAsync(By($"{{ people: [{Reps[0]}, {Reps[1]}] }}"), [.. "abcd".Select(key => Some.Lead($"{key}x"))]);
        await stage.OfferAsync("ax");
        await stage.OfferAsync("bx");
        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(1));
        await stage.OfferAsync("cx", "dx");
        var owners = new[] { "ax", "bx", "cx", "dx" }.Select(key => stage.Field(key, Owner)).ToList();
        Assert.Equal([Reps[0], Reps[1]], owners.Take(2));
        Assert.Equal([Reps[0], Reps[1]], owners.Skip(2).Order());
        var inputs = Inputs(stage, "bx");
        Assert.Equal((Reps[1], "turn", "everyone"), (inputs.GetProperty("owner").GetString(), inputs.GetProperty("by").GetString(), inputs.GetProperty("rule").GetString()));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_colleague_goes_to_whoever_has_an_offer_at_the_company()
    {
        var company = Some.Lead("anna").Company;
        await using var stage = await Stage.StartAsync(By($"{{ people: [{Reps[0]}, {Reps[1]}] }}"),
            Some.Lead("anna"), Some.Lead("bo") with { Company = company }, Some.Lead("carl") with { Company = company });
        await stage.OfferAsync("anna");
        await stage.OfferAsync("bo", "carl");
        Assert.All(["bo", "carl"], key => Assert.Equal(Reps[0], stage.Field(key, Owner)));
        Assert.Equal(AssignmentReason.OpenOffer, (await HandsAsync(stage, "bo")).By);
    }

    [Fact]
    public async Task Who_is_away_passes_on_to_the_substitute_and_a_user_nobody_knows_to_the_fallback()
    {
        await using var stage = await Stage.StartAsync(
            By($"{{ absent: [{{ who: {Reps[0]}, from: 2026-01-01, until: 2026-02-01, substitute: {Reps[2]} }}], people: [999], fallback: {Reps[3]} }}"),
            Some.Lead("anna") with { Owner = "rep1" }, Some.Lead("bo"));
        await stage.OfferAsync("anna", "bo");
        Assert.Equal((Reps[2], AssignmentReason.LeadOwner), await HandsAsync(stage, "anna"));
        Assert.Equal(Reps[0], Inputs(stage, "anna").GetProperty("insteadOf").GetString());
        Assert.Equal((Reps[3], AssignmentReason.Fallback), await HandsAsync(stage, "bo"));
        // The lead stays whose it is; only its offer is in other hands.
        Assert.Equal((Reps[0], Reps[3]), (stage.Field("anna", Owner), stage.Field("bo", Owner)));
    }

    [Fact]
    public async Task Whoever_accepts_a_lead_without_an_owner_becomes_its_owner()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        Assert.Equal((null, AssignmentReason.Nobody), await HandsAsync(stage, "anna"));
        Assert.Null(stage.Field("anna", Owner));

        stage.Act("anna", "accept", "rep3");
        await stage.RunUntilQuietAsync();

        Assert.Equal(Reps[2], stage.Field("anna", Owner));
        Assert.Equal((Reps[2], AssignmentReason.Accepted), await HandsAsync(stage, "anna"));
        Assert.Equal("accepted", Inputs(stage, "anna").GetProperty("by").GetString());
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Whoever_accepts_a_lead_of_somebody_else_takes_it_from_nobody()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept", "rep3");
        await stage.RunUntilQuietAsync();
        Assert.Equal(Reps[0], stage.Field("anna", Owner));
    }

    [Theory]
    [InlineData("{ to: owner }", "fallback-missing", 78)]
    [InlineData("{ to: owner, fallback: 999 }", "fallback-missing owner-unknown", 78)]
    [InlineData("{ to: owner, fallback: 510001 }", "", 0)]
    [InlineData("{ people: [12345], fallback: 510001 }", "owner-unknown", 0)]
    public async Task Check_tells_who_of_the_rule_file_is_nobody(string assign, string codes, int exit)
    {
        await using var stage = await Stage.StartAsync(By(assign));
        var check = await stage.CommandAsync("check", "--json");
        Assert.Equal(codes, string.Join(' ', check.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString())
            .Where(code => code is "fallback-missing" or "owner-unknown" or "owner-inactive").Order(StringComparer.Ordinal)));
        Assert.Equal(exit, check.Exit);
    }

    [Fact]
    public async Task Check_only_hints_at_a_missing_fallback_before_the_connection_is_live()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });
        var check = await stage.CommandAsync("check", "--json");
        Assert.Equal("Hint", check.Json.GetProperty("problems").EnumerateArray().Single(problem => problem.GetProperty("code").GetString() == "fallback-missing").GetProperty("reach").GetString(), ignoreCase: true);
        Assert.Equal(0, check.Exit);
    }

    private static async Task<(string? Owner, AssignmentReason? By)> HandsAsync(Stage stage, string key) =>
        (await stage.RecordAsync(key)).Episode is { } episode ? (episode.OwnerId, episode.AssignedBy) : default;

    private static JsonElement Inputs(Stage stage, string key) => JsonDocument.Parse(stage.File.Rows(
        $"SELECT e.inputs FROM audit a JOIN evidence e ON e.evidence_hash = a.evidence_hash JOIN leads l ON l.lead_key = a.lead_key WHERE a.kind = 'Decided' AND l.lead_id = '{stage.IdOf(key)}' ORDER BY a.sequence DESC LIMIT 1").Single()!).RootElement.GetProperty("assignment");
}
