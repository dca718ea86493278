using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;
using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>
/// What a visit, a form or a click leaves in the account: forms, webinars and meetings are activities of the lead, the rest is counted by fields of the person that a
/// marketing tool fills.
/// </summary>
internal static class CompanyEngagements
{
    /// <summary>Writes one engagement under the instant at which it happened.</summary>
    public static void Apply(Scene scene, EngagementSpec engagement, DateTimeOffset at)
    {
        var count = engagement.Count ?? 1;
        switch (engagement.Kind)
        {
            case "webinarAttended":
                Act(scene, "webinar", engagement.Title ?? EngagementWords.Webinar, at, isDone: true);
                break;
            case "meetingBooked":
                Act(scene, "meeting", engagement.Title ?? "Meeting", at, isDone: false);
                break;
            case "pageView":
                Count(scene, "Page views", "Last visit", count, at);
                break;
            case "emailClick":
                Count(scene, "Email clicks", "Last email click", count, at);
                break;
            case "emailOpen":
                Count(scene, "Email opens", "Last email open", count, at);
                break;
            case "socialClick":
                Count(scene, "Social clicks", "Last social click", count, at);
                break;
            default:
                Act(scene, "form", EngagementWords.FormOf(engagement)!, at, isDone: true);
                break;
        }
    }

    /// <summary>What has happened is done at its instant; a meeting takes place the next day.</summary>
    private static void Act(Scene scene, string type, string subject, DateTimeOffset at, bool isDone)
    {
        var when = isDone ? at : at.AddDays(1);
        var values = new Dictionary<string, object?>
        {
            ["subject"] = subject,
            ["type"] = type,
            ["done"] = isDone,
            ["due_date"] = PipedriveTimes.Day(when),
            ["due_time"] = when.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            [scene.Record.Kind.Name + "_id"] = scene.Record.Kind == EntityKind.Lead ? scene.Record.Id : scene.Record.Number,
        };
        if (isDone)
        {
            values["marked_as_done_time"] = PipedriveTimes.Whole(at);
        }

        if (scene.Person is { } person)
        {
            values["participants"] = new JsonArray(new JsonObject { ["person_id"] = person.Number, ["primary"] = true });
        }

        if (scene.Organization is { } organization)
        {
            values["org_id"] = organization.Number;
        }

        ItemWriter.Create(scene.Company, EntityKind.Activity, values, scene.Context, at);
    }

    private static void Count(Scene scene, string counter, string last, int count, DateTimeOffset at)
    {
        if (scene.Person is not { } person)
        {
            return;
        }

        var fields = scene.Company.Fields.Custom(EntityKind.Person);
        var changes = new Dictionary<string, object?>();
        if (ProductFields.Find(fields, counter) is { } number)
        {
            changes[number.Code] = (person[number.Code] as double? ?? 0) + count;
        }

        if (ProductFields.Find(fields, last) is { } text)
        {
            changes[text.Code] = PipedriveTimes.Seconds(at);
        }

        ItemWriter.Update(scene.Company, person, changes, scene.Context);
    }
}
