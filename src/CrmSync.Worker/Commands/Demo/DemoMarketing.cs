using CrmSync.Sandbox.Contracts;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>Marketing: what makes leads act, and what marketing asks for in "Marketing's request".</summary>
internal sealed class DemoMarketing(string crm, IDemoCrm surface, Draw draw)
{
    private const string Person = "marketing";
    private const string Request = "crmsync_request";

    /// <summary>A lead reads, clicks or asks.</summary>
    public DemoPlan Attracts(DemoPerson person, DateTimeOffset at, string kind, string? title) => new(at, token => surface.ActAsync(
        new() { Crm = crm, Key = person.Key, Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = kind, ["title"] = title } }, token));

    /// <summary>One in fifty is kept from sales for now.</summary>
    public DemoPlan? HoldsBack(DemoPerson person, DateTimeOffset known) => draw.Chance(0.02, person.Key, 0, "hold")
        ? Edits(known + Days(1, 4, person, 0, "hold-at"), person, Request, "hold") with { What = "hold" }
        : null;

    /// <summary>One offer in thirty is taken back before sales has looked.</summary>
    public DemoPlan? TakesBack(DemoPerson person, int offer, DateTimeOffset now) => draw.Chance(0.03, person.Key, offer, "take-back")
        ? Edits(now + TimeSpan.FromHours(1), person, Request, "hold") with { What = "hold" }
        : null;

    public DemoPlan? SendsAnyway(DemoPerson person, int offer, DateTimeOffset now) => draw.Chance(0.3, person.Key, offer, "send")
        ? Edits(now + Days(1, 3, person, offer, "send-at"), person, Request, "send") with { What = "send now" }
        : null;

    public DemoPlan? Disputes(DemoPerson person, int offer, DateTimeOffset now) => draw.Chance(0.25, person.Key, offer, "dispute")
        ? new(now + Days(1, 3, person, offer, "dispute-at"), token => surface.ActAsync(new() { Crm = crm, Key = person.Key, Act = "dispute", Person = Person }, token), "dispute")
        : null;

    /// <summary>What sales missed is filled in.</summary>
    public DemoPlan FillsIn(DemoPerson person, int offer, DateTimeOffset now) =>
        Edits(now + Days(1, 3, person, offer, "fill"), person, "jobtitle", "Head of Production") with { What = "fill in" };

    /// <summary>One in five comes back by itself.</summary>
    public DemoPlan? AsksAgain(DemoPerson person, int offer, DateTimeOffset now) => draw.Chance(0.2, person.Key, offer, "again")
        ? Attracts(person, now + Days(20, 40, person, offer, "again-at"), "handRaise", "Demo request: Book a demo")
        : null;

    private DemoPlan Edits(DateTimeOffset at, DemoPerson person, string field, string value) => new(at, token => surface.ActAsync(
        new() { Crm = crm, Key = person.Key, Act = "edit", Person = Person, Fields = new Dictionary<string, string?> { [field] = value } }, token));

    private TimeSpan Days(int least, int most, DemoPerson person, int offer, string step) =>
        draw.Between(TimeSpan.FromDays(least), TimeSpan.FromDays(most), person.Key, offer, step);
}
