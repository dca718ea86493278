using CrmSync.Adapters;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Adapters;

public abstract partial class CrmAdapterContract
{
    private static readonly DateTimeOffset Due = CrmStage.Start.AddDays(1);

    private ActivityWords Words => Stage.Words;

    [Fact]
    public async Task Makes_a_task_and_a_note_that_hang_on_their_lead()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();

        var results = await Stage.PutAsync(Task(id), Note(id));

        Assert.All(results, r => Assert.Equal(WriteOutcome.Applied, r.Outcome));
        var (task, note) = (Assert.Single(Stage.Lead(id).Tasks), Assert.Single(Stage.Lead(id).Notes));
        Assert.Equal("Answer lead: Anna & <b>Co</b>", task.Fields[Words.Subject]);
        Assert.Equal(Words.Written("First line\n5 < 6 & 7"), Words.WithoutMark(task.Fields[Words.Body]));
        Assert.Equal("Rejected by Mette.", Words.WithoutMark(note.Fields[Words.NoteBody]));
        Assert.Equal([(true, false), (true, false)], (await ReadAsync(id)).Select(r => (r.Exists, r.Completed)));
    }

    [Fact]
    public async Task A_task_sent_again_and_changed_stays_one()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        await Stage.PutAsync(Task(id), Note(id));

        await Stage.PutAsync(Task(id), Note(id));
        var change = new LeadActivity { Key = Task(id).Key, LeadId = id, Kind = ActivityKind.Task, Title = "REMINDER: Answer lead", Urgent = true, ChangesOnly = true };
        await Stage.PutAsync(change);
        await Stage.PutAsync(change with { Title = null, Urgent = null, Completed = true });

        var task = Assert.Single(Stage.Lead(id).Tasks);
        Assert.Single(Stage.Lead(id).Notes);
        Assert.Equal(("REMINDER: Answer lead", Words.Done), (task.Fields[Words.Subject], task.Fields[Words.Status]));
        Assert.StartsWith("First line", task.Fields[Words.Body], StringComparison.Ordinal);
        Assert.True((await ReadAsync(id))[0].Completed);
    }

    [Fact]
    public async Task Puts_more_than_a_batch_and_answers_in_the_order_asked()
    {
        var ids = Stage.Add(130);
        await Stage.SetUpAsync();
        var activities = ids.SelectMany(id => new[] { Task(id), Note(id) }).ToArray();

        var results = await Stage.PutAsync(activities);

        Assert.Equal(activities.Select(a => (a.Key, WriteOutcome.Applied)), results.Select(r => (r.Key, r.Outcome)));
        Assert.All(ids, id => Assert.Equal((1, 1), (Stage.Lead(id).Tasks.Count, Stage.Lead(id).Notes.Count)));
    }

    [Fact]
    public async Task One_refused_activity_is_refused_alone()
    {
        var ids = Stage.Add(8);
        await Stage.SetUpAsync();
        var activities = ids.Select(id => Task(id)).ToArray();
        activities[5] = activities[5] with { OwnerId = "no such owner" };

        var results = await Stage.PutAsync(activities);

        Assert.Equal(5, results.ToList().FindIndex(r => r.Outcome == WriteOutcome.Refused));
        Assert.Equal(7, results.Count(r => r.Outcome == WriteOutcome.Applied));
        Assert.DoesNotContain("no such owner", results[5].Reason);
        Assert.Equal(7, ids.Count(id => Stage.Lead(id).Tasks.Count == 1));
    }

    [Fact]
    public async Task A_change_makes_nothing_that_somebody_deleted()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();

        var results = await Stage.PutAsync(Task(id) with { ChangesOnly = true, Completed = true });

        Assert.Equal(WriteOutcome.Gone, Assert.Single(results).Outcome);
        Assert.Empty(Stage.Lead(id).Tasks);
        Assert.False((await ReadAsync(id))[0].Exists);
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    [InlineData("cut")]
    [InlineData("html")]
    [InlineData("status")]
    public async Task An_activity_without_a_clear_answer_is_unknown_and_stays_one_when_sent_again(string fault)
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        Stage.FailActivities(fault);

        var first = await Stage.PutAsync(Task(id), Note(id));
        var second = await Stage.PutAsync(Task(id), Note(id));

        Assert.Contains(first, r => r.Outcome == WriteOutcome.Unknown);
        Assert.All(second, r => Assert.Equal(WriteOutcome.Applied, r.Outcome));
        Assert.Equal((1, 1), (Stage.Lead(id).Tasks.Count, Stage.Lead(id).Notes.Count));
        Assert.Equal(2, Stage.Activities);
    }

    [Fact]
    public async Task Knows_the_users_and_who_left()
    {
        var id = Stage.Add(new LeadSpec { Key = "a", Email = "a@a.dk", Owner = "rep1", Company = new() { Key = "c", Name = "C", Owner = "rep2" } })[0];

        var users = await Stage.PumpAsync(Stage.Adapter.UsersAsync(Stop));
        var lead = (await Stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!;

        Assert.True(users.Single(u => u.Id == lead.OwnerId).Active);
        Assert.NotNull(lead.CompanyId);
        Assert.Contains(users, u => u.Id == lead.CompanyOwnerId && u.Id != lead.OwnerId);
        Assert.False(Assert.Single(users, u => !u.Active).Id == lead.OwnerId);
    }

    [Fact]
    public async Task Gives_a_lead_its_owner_in_the_request_of_the_stage()
    {
        var id = Stage.Add(1)[0];
        await Stage.SetUpAsync();
        var user = (await Stage.PumpAsync(Stage.Adapter.UsersAsync(Stop))).First(u => u.Active);

        await Stage.WriteAsync([Write(id) with { OwnerId = user.Id }]);
        await Stage.WriteAsync([Write(id)]);

        Assert.Equal(user.Id, (await Stage.ReadAsync([id], ReadDepth.Facts))[0].Lead!.OwnerId);
    }

    private static LeadActivity Task(string id) => new()
    {
        Key = $"task/key{id}/1",
        LeadId = id,
        Kind = ActivityKind.Task,
        Title = "Answer lead: Anna & <b>Co</b>",
        Body = "First line\n5 < 6 & 7",
        DueAt = Due,
        Completed = false,
        Urgent = false,
    };

    private static LeadActivity Note(string id) => new()
    {
        Key = $"note/t{id}", LeadId = id, Kind = ActivityKind.Note, Body = "Rejected by Mette.", At = CrmStage.Start,
    };

    private Task<IReadOnlyList<ActivityReading>> ReadAsync(string id) => Stage.PumpAsync(Stage.Adapter.ReadActivitiesAsync(
        [new(Task(id).Key, id, ActivityKind.Task), new(Note(id).Key, id, ActivityKind.Note)], Stop));
}
