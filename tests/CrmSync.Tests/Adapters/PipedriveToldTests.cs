using System.Text;
using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

/// <summary>What the event of a write of ours says of the moment before it.</summary>
public sealed class PipedriveToldTests
{
    private const string Ours = "v1.store.key.t1";
    private static readonly PipedriveSecret Known = new("main", new("s1"));
    private readonly PipedriveHarness _harness = new(new StubNetwork((request, _) => PipedriveHarness.Answer(request)));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changed_is_as_it_was_before_and_the_rest_as_it_is()
    {
        await KnowFieldsAsync();

        var told = Assert.Single(Read(Event(Fields(Marker(Ours), Stage(901), Answer(20)), Fields(Marker(null), Stage(903)))).Writes);

        Assert.Equal((PipedriveHarness.Lead, Ours), (told.LeadId, told.Marker));
        Assert.Equal("903", told.Stage.Value);
        Assert.Equal(HandoverFields.All.Single(f => f.Name == HandoverFields.Decision).Options[0].Value, told.Answer.Value);
        Assert.Equal((null, null), (told.Request.Value, told.Comment.Value));
    }

    [Fact]
    public async Task A_field_that_was_empty_is_told_as_empty()
    {
        await KnowFieldsAsync();
        Assert.Null(Assert.Single(Read(Event(Fields(Marker(Ours), Stage(901)), Fields(Marker(null), $"\"{PipedriveHarness.StageKey}\":null"))).Writes).Stage.Value);
    }

    [Fact]
    public async Task Who_was_there_is_known_by_the_event_of_their_own()
    {
        await KnowFieldsAsync();
        Read(Event(Fields(Stage(903)), Fields(Stage(900)), source: "app", user: "77", at: "2026-01-05T07:00:00.001Z"));
        Read(Event(Fields(Stage(903)), "", source: "app", user: "78", at: "2026-01-05T07:00:00.002Z"));

        var told = Assert.Single(Read(Event(Fields(Marker(Ours), Stage(901)), Fields(Marker(null), Stage(903)), at: "2026-01-05T07:00:00.004Z")).Writes);

        Assert.Equal(("903", new DateTimeOffset(2026, 1, 5, 7, 0, 0, 1, TimeSpan.Zero), "77"), (told.Stage.Value, told.Stage.At, told.Stage.PersonId));
    }

    [Fact]
    public async Task An_event_without_a_new_marker_is_no_write_of_ours()
    {
        await KnowFieldsAsync();
        Assert.Empty(Read(Event(Fields(Marker(Ours), Stage(901)), Fields(Stage(903)))).Writes);
        Assert.Empty(Read(Event(Fields(Stage(901)), Fields(Marker(Ours), Stage(903)))).Writes);
        Assert.Empty(Read(Event(Fields(Marker(Ours), Stage(901)), Fields(Marker(Ours), Stage(903)))).Writes);
    }

    [Fact]
    public async Task Only_what_we_did_ourselves_waits_until_the_fields_are_known()
    {
        var body = Event(Fields(Marker(Ours), Stage(901)), Fields(Marker(null), Stage(903)));
        Assert.Equal(WebhookVerdict.NotYet, Read(body).Verdict);
        Assert.Equal(WebhookVerdict.Authentic, Read(Event(Fields(Stage(901)), Fields(Stage(903)), user: "77")).Verdict);
        Assert.Equal(WebhookVerdict.Authentic, Read(Event(Fields(Stage(901)), Fields(Stage(903)), source: "app")).Verdict);
        // We write nothing before the fields are known: what is stamped after the start is somebody else's under the same name.
        Assert.Equal(WebhookVerdict.Authentic, Read(Event(Fields(Marker(Ours), Stage(901)), Fields(Marker(null), Stage(903)), at: "2026-01-05T07:05:00.004Z")).Verdict);

        await KnowFieldsAsync();
        Assert.Equal(WebhookVerdict.Authentic, Read(body).Verdict);
    }

    private Task<IReadOnlyList<CrmReading>> KnowFieldsAsync() => _harness.Adapter().ReadAsync([PipedriveHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop);

    private WebhookReading Read(string body) => _harness.Provider.CreateWebhook(PipedriveHarness.Connection)!.Read(
        new("POST", new($"https://crmsync.example/webhooks/main/{Known.Path}"), new Dictionary<string, string> { ["authorization"] = Known.Authorization }, Encoding.UTF8.GetBytes(body)),
        PipedriveHarness.Start);

    private static string Marker(string? value) =>
        $"\"{PipedriveHarness.Key(HandoverFields.Marker)}\":{(value is null ? "null" : $$"""{"type":"varchar","value":"{{value}}"}""")}";

    private static string Stage(int id) => $$"""
        "{{PipedriveHarness.StageKey}}":{"id":{{id}},"type":"enum"}
        """;

    private static string Answer(int id) => $$"""
        "{{PipedriveHarness.Key(HandoverFields.Decision)}}":{"id":{{id}},"type":"enum"}
        """;

    private static string Fields(params string[] fields) => $$"""
        "custom_fields":{{{string.Join(',', fields)}}}
        """;

    private static string Event(string data, string previous, string source = "api", string user = "1", string at = "2026-01-05T07:00:00.004Z") => $$$"""
        {"data":{"id":"{{{PipedriveHarness.Lead}}}","update_time":"{{{at}}}",{{{data}}}},"previous":{{{{previous}}}},
        "meta":{"action":"change","company_id":"{{{PipedriveHarness.Company}}}","entity_id":"{{{PipedriveHarness.Lead}}}","entity":"lead","id":"e1","webhook_id":"4711",
        "webhook_owner_id":"1","user_id":"{{{user}}}","change_source":"{{{source}}}","timestamp":"2026-01-05T07:00:00.101Z"}}
        """;
}
