using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Leads.Fields;

namespace CrmSync.Chaos.SelfTest;

/// <summary>What other CRMs' logs come to in the checker's words, and that a promise is judged there too.</summary>
public sealed class DialectTests
{
    private static readonly IInvariant Judge = HistoryChecker.All.Single(i => i.Id == "cursor-behind");
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_lead_that_became_a_deal_keeps_its_id_and_its_sale()
    {
        var translation = new Translation(CrmDialect.Pipedrive);
        var won = translation.Of(Line(1, new("deals", "7", "id", null, "7", "person:rep1"), new("deals", "7", "source_lead_id", null, "lead-a", "person:rep1"),
            new("deals", "7", "Lifecycle stage", null, "SAL", "person:rep1"), new("leads", "lead-a", "is_deleted", "false", "true", "person:rep1"), new("deals", "7", "status", "open", "won", "person:rep1")));
        var written = translation.Of(Line(2, new Change("deals", "7", "crmsync_handover", "Waiting", "Accepted", "api:token")) with { Reads = ["7"] });

        Assert.Equal(["opportunities/7/ContactId=lead-a", "contacts/lead-a/became=7", "opportunities/7/IsWon=true"], won.Effects.Select(Told));
        Assert.Equal(["contacts/lead-a/crmsync_handover=accepted"], written.Effects.Select(Told));
        Assert.Equal(["lead-a"], written.Reads);
    }

    [Fact]
    public void What_somebody_left_behind_may_be_cleared_away_and_only_their_new_record_is_their_end()
    {
        var translation = new Translation(CrmDialect.Salesforce);
        translation.Of(Line(1, new Change("leads", "00Q1", "ConvertedContactId", null, "0031", "person:rep1")));

        var cleared = translation.Of(Line(2, new Change("leads", "00Q1", "IsDeleted", "false", "true", "person:rep1")));
        var ended = translation.Of(Line(3, new Change("contacts", "0031", "IsDeleted", "false", "true", "person:rep1")));
        var never = translation.Of(Line(4, new Change("leads", "00Q2", "IsDeleted", "false", "true", "person:rep1")));

        Assert.Empty(cleared.Effects);
        Assert.Equal(["contacts/00Q1/archived=true", "contacts/00Q2/archived=true"], ended.Effects.Concat(never.Effects).Select(Told));
    }

    [Theory]
    [InlineData("salesforce", "leads", "00Q1")]
    [InlineData("salesforce", "contacts", "contacts/0031")]
    [InlineData("salesforce", "campaignMembers", "campaignMembers/00v1")]
    [InlineData("pipedrive", "leads", "lead-a")]
    [InlineData("pipedrive", "deals", "deals/7")]
    [InlineData("pipedrive", "activities", "activities/5")]
    public void A_cursor_that_passed_a_change_which_did_not_come_in_is_found(string crm, string stream, string name)
    {
        var dialect = crm == "salesforce" ? CrmDialect.Salesforce : CrmDialect.Pipedrive;
        var history = History(dialect, stream, name.Split('/')[^1]);

        Assert.Empty(Judge.Check(history with { Store = history.Store with { Inbox = [new(1, "d", name, "2026-01-05T08:00:30.000Z", null)] } }));
        Assert.Contains(name.Split('/')[^1], Assert.Single(Judge.Check(history)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_can_be_chosen_in_Pipedrive_is_told_in_the_checkers_words()
    {
        foreach (var field in HandoverFields.All.Where(f => f.Name is CrmFields.Answer or CrmFields.Request or CrmFields.Handover))
            Assert.Equal(field.Options.Select(o => o.Value), field.Options.Select(o => CrmDialect.Pipedrive.ValueOf(field.Name, o.English)!));
    }

    private static RunHistory History(CrmDialect dialect, string stream, string id)
    {
        var translation = new Translation(dialect);
        return new()
        {
            Facts = new() { Connection = "main", OurIdentity = "token", StageOrder = [], StageValues = new Dictionary<string, string>(), AllowedHosts = new HashSet<string>(), LiveAt = T0.AddHours(-1), LeadStream = "leads" },
            Log = [translation.Of(Line(1, new Change(stream, id, "Title", "A", "B", "person:rep-1")))],
            Leads = [],
            Store = new() { Cursors = [new(stream, $$"""{"seen":{{T0.AddHours(1).ToUnixTimeMilliseconds()}}}""")] },
        };
    }

    private static LogLine Line(long n, params Change[] changes) => new() { N = n, At = T0, Kind = "act", Effects = changes };

    private static string Told(Change change) => $"{change.Record}/{change.Id}/{change.Field}={change.After}";
}
