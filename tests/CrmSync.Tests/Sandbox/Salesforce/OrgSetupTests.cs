using System.Text.Json.Nodes;

namespace CrmSync.Tests.Sandbox.Salesforce;

public sealed class OrgSetupTests
{
    private static readonly string[] Values = ["accept", "return", "reject_bad_timing"];

    [Fact]
    public async Task A_new_field_is_hidden_until_a_permission_set_grants_it()
    {
        await using var bench = await OrgBench.StartAsync();
        bench.Lead("a");
        await MakeAsync(bench, "Lead");

        var hidden = await bench.QueryAsync("SELECT CrmSync_Decision__c FROM Lead");
        await GrantAsync(bench, "Lead");
        bench.Act("a", "reject", act => act with { Reason = "bad timing" });

        Assert.Equal((400, "INVALID_FIELD"), (hidden.Status, hidden.Error));
        Assert.Equal(["reject_bad_timing"], await bench.ColumnAsync("SELECT crmsync_decision__c FROM Lead"));
        var field = (await bench.GetAsync("sobjects/Lead/describe")).Body["fields"]!.AsArray().Single(field => field!["name"]!.GetValue<string>() == "CrmSync_Decision__c")!;
        Assert.Equal(Values, field["picklistValues"]!.AsArray().Select(value => value!["value"]!.GetValue<string>()));
        Assert.True(field["restrictedPicklist"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_restricted_picklist_refuses_what_it_lacks_and_what_was_taken_away()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = bench.Lead("a");
        await MakeAsync(bench, "Lead");
        await GrantAsync(bench, "Lead");
        bench.Switch("deletedPicklistValues", new JsonArray("Lead.CrmSync_Decision__c=accept"));

        var gone = await bench.PatchAsync($"sobjects/Lead/{id}", new { CrmSync_Decision__c = "accept" });
        var good = await bench.PatchAsync($"sobjects/Lead/{id}", new { CrmSync_Decision__c = "return" });

        Assert.Equal("""[{"message":"Answer on lead: bad value for restricted picklist field: accept","errorCode":"INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST","fields":["CrmSync_Decision__c"]}]""", gone.Text);
        Assert.Equal(204, good.Status);
    }

    [Fact]
    public async Task A_definition_is_found_read_and_changed()
    {
        await using var bench = await OrgBench.StartAsync();
        var id = (await MakeAsync(bench, "Lead")).Body["id"]!.GetValue<string>();

        var found = (await bench.GetAsync("tooling/query?q=" + Uri.EscapeDataString("SELECT Id, TableEnumOrId FROM CustomField WHERE DeveloperName = 'CrmSync_Decision'"))).Body["records"]![0]!;
        var metadata = (await bench.GetAsync($"tooling/sobjects/CustomField/{id}")).Body["Metadata"]!.DeepClone();
        metadata["valueSet"]!["valueSetDefinition"]!["value"]!.AsArray().Add(new JsonObject { ["valueName"] = "take", ["label"] = "Take it", ["default"] = false });
        var changed = await bench.PatchAsync($"tooling/sobjects/CustomField/{id}", new { Metadata = metadata });
        var again = await MakeAsync(bench, "Lead");

        Assert.Equal((id, "Lead"), (found["Id"]!.GetValue<string>(), found["TableEnumOrId"]!.GetValue<string>()));
        Assert.Equal(204, changed.Status);
        Assert.Equal("take",
            (await bench.GetAsync($"tooling/sobjects/CustomField/{id}")).Body["Metadata"]!["valueSet"]!["valueSetDefinition"]!["value"]![3]!["valueName"]!.GetValue<string>());
        Assert.Equal("DUPLICATE_DEVELOPER_NAME", again.Error);
    }

    [Fact]
    public async Task A_field_of_activities_keeps_tasks_single()
    {
        await using var bench = await OrgBench.StartAsync();
        var lead = bench.Lead("a");
        await bench.PostAsync("tooling/sobjects/CustomField",
            new { FullName = "Activity.CrmSync_Key__c", Metadata = new { label = "Key", type = "Text", length = 255, externalId = true, unique = true } });
        await GrantAsync(bench, "Task", "Task.CrmSync_Key__c");
        Task<OrgBench.Reply> Put(string subject) => bench.PatchAsync("composite/sobjects/Task/CrmSync_Key__c", new
        {
            allOrNone = false,
            records = new[] { new { attributes = new { type = "Task" }, CrmSync_Key__c = "k1", Subject = subject, WhoId = lead } },
        });

        var first = await Put("one");
        var second = await Put("two");

        Assert.Equal((true, false), (first.Body[0]!["created"]!.GetValue<bool>(), second.Body[0]!["created"]!.GetValue<bool>()));
        Assert.Equal(["two"], await bench.ColumnAsync("SELECT Subject FROM Task WHERE CrmSync_Key__c = 'K1'"));
        Assert.Equal("two", Assert.Single(bench.State("a").Tasks).Fields["Subject"]);
        bench.Act("a", "complete-task");
        Assert.Equal("true", Assert.Single(bench.State("a").Tasks).Fields["IsClosed"]);
    }

    [Fact]
    public async Task Who_may_not_customise_is_told_so()
    {
        await using var bench = await OrgBench.StartAsync(new() { MayCustomize = false });

        Assert.Equal((403, "INSUFFICIENT_ACCESS"), (await MakeAsync(bench, "Lead")) is var reply ? (reply.Status, reply.Error) : default);
        Assert.Equal("INSUFFICIENT_ACCESS_OR_READONLY", (await bench.PostAsync("sobjects/PermissionSet", new { Name = "x", Label = "x" })).Error);
    }

    [Fact]
    public async Task A_hidden_field_is_as_good_as_misspelt()
    {
        await using var bench = await OrgBench.StartAsync(new() { HiddenFields = ["Lead.HasOptedOutOfEmail"] });

        Assert.Equal("INVALID_FIELD", (await bench.QueryAsync("SELECT HasOptedOutOfEmail FROM Lead")).Error);
        Assert.DoesNotContain("HasOptedOutOfEmail", (await bench.GetAsync("sobjects/Lead/describe")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_view_is_made_by_the_metadata_service()
    {
        await using var bench = await OrgBench.StartAsync();
        const string View = "<upsertMetadata xmlns=\"http://soap.sforce.com/2006/04/metadata\"><metadata xsi:type=\"ListView\"><fullName>Lead.CrmSync_Waiting</fullName>"
            + "<columns>Lifecycle_Stage__c</columns><filterScope>Everything</filterScope><label>Waiting</label></metadata></upsertMetadata>";

        var made = await bench.SoapAsync("/services/Soap/m/68.0", View);
        var again = await bench.SoapAsync("/services/Soap/m/68.0", View);

        Assert.Contains("<created>true</created>", made.Text, StringComparison.Ordinal);
        Assert.Contains("<created>false</created>", again.Text, StringComparison.Ordinal);
        Assert.Equal("CrmSync_Waiting", Assert.Single((await bench.GetAsync("sobjects/Lead/listviews")).Body["listviews"]!.AsArray())!["developerName"]!.GetValue<string>());
        Assert.Equal(["Waiting"], await bench.ColumnAsync("SELECT Name FROM ListView WHERE SobjectType = 'Lead'"));
    }

    [Fact]
    public async Task What_changed_and_what_was_deleted_is_listed_by_id()
    {
        await using var bench = await OrgBench.StartAsync();
        var (a, b) = (bench.Lead("a"), bench.Lead("b"));
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        bench.Act("b", "delete");
        const string Span = "?start=2026-01-05T07%3A00%3A00%2B00%3A00&end=2026-01-05T08%3A00%3A00%2B00%3A00";

        var updated = await bench.GetAsync("sobjects/Lead/updated" + Span);
        var deleted = await bench.GetAsync("sobjects/Lead/deleted/" + Span);

        Assert.Equal($$"""{"ids":["{{a}}"],"latestDateCovered":"2026-01-05T08:00:00.000+0000"}""", updated.Text);
        Assert.Equal((b, "2026-01-05T07:05:00.000+0000"), (deleted.Body["deletedRecords"]![0]!["id"]!.GetValue<string>(),
            deleted.Body["deletedRecords"]![0]!["deletedDate"]!.GetValue<string>()));
    }

    private static Task<OrgBench.Reply> MakeAsync(OrgBench bench, string type) => bench.PostAsync("tooling/sobjects/CustomField", new
    {
        FullName = type + ".CrmSync_Decision__c",
        Metadata = new
        {
            label = "Answer on lead",
            type = "Picklist",
            valueSet = new { restricted = true, valueSetDefinition = new { sorted = false, value = Values
                .Select(value => new { valueName = value, label = value, @default = false }) } },
        },
    });

    private static async Task GrantAsync(OrgBench bench, string type, string field = "Lead.CrmSync_Decision__c")
    {
        var set = (await bench.PostAsync("sobjects/PermissionSet", new { Name = "CrmSync", Label = "CrmSync" })).Body["id"]!.GetValue<string>();
        await bench.PostAsync("sobjects/FieldPermissions", new { ParentId = set, SobjectType = type, Field = field, PermissionsRead = true, PermissionsEdit = true });
        var user = (await bench.GetAsync("/services/oauth2/userinfo")).Body["user_id"]!.GetValue<string>();
        await bench.PostAsync("sobjects/PermissionSetAssignment", new { PermissionSetId = set, AssigneeId = user });
    }
}
