using System.Text.Json.Nodes;
using CrmSync.Leads.Calendars;
using static CrmSync.Worker.Rules.JsonSchema.SchemaParts;

namespace CrmSync.Worker.Rules.JsonSchema;

/// <summary>The parts of a rule file beside criteria and gates: policies, the hand-over, who gets an offer, and by when.</summary>
internal static class PolicySchema
{
    internal static JsonObject Policy() => Map("What is different for some leads. Left out: as in the file, or as in the policy that it extends.", ["id"],
        ("id", Text("What findings and reports call it.")),
        ("when", Ref("condition")),
        ("extends", Text("The id of the policy to start from.")),
        ("criteria", OneOrMany(Text("The id of a criterion."), "These criteria alone, and the blockers.")),
        ("without", OneOrMany(Text("The id of a criterion."), "All criteria but these.")),
        ("points", FreeMap(Whole(-100, 100, "Points."), "Other points, by criterion.")),
        ("gates", Gates([])),
        ("sla", Map("Another time to answer.", [], ("answer", WorkingTime("To answer an offer.")), ("handRaise", WorkingTime("To answer a lead that asked for contact.")))));

    /// <summary>The three gates; those that must be there.</summary>
    internal static JsonObject Gates(string[] required) => Map("What must hold for each step.", required,
        ("mql", Ref("gate")), ("offer", Ref("gate")), ("sql", Ref("gate")));

    internal static JsonObject Handover() => Map("What the departments agreed on beside the criteria.", [],
        ("mqlFrom", Words(["both", "rules", "crm"], "Who says that a lead is marketing-qualified.")),
        ("silence", Words(["return", "accept", "wait", "escalate", "reassign"], "What happens when sales does not answer in time.")),
        ("escalateTo", new() { ["description"] = "The CRM's id of the user who is told of silence and of disputes.", ["type"] = Array(["string", "integer"]) }),
        ("acceptOn", OneOrMany(
            Words(["answer", "action", "stageMoved", "firstContact", "meetingBooked"], "The answer field, all of the acts, or one of them."),
            "What counts as a yes: the answer field alone, or work on the lead too.")),
        ("dispute", WorkingTime("How long marketing may dispute a rejection.")),
        ("coolOff", Map("How long a no keeps a lead from being offered again.", [],
            ("badTiming", Span("After \"not now\".")), ("other", Span("After any other no.")))));

    internal static JsonObject Assign() => Map("Who gets an offer.", [],
        ("to", Words(["owner", "turns"], "First whoever owns the lead, its company or an open offer there; or the people below alone.")),
        ("rules", List(AssignRule(), "People for some leads, by turns: the first whose condition is met.", 64)),
        ("people", People("Who takes turns with all other leads.")),
        ("absent", List(Absence(), "Who is away.", 500)),
        ("fallback", People("Who gets what nobody else does: the first who is there.")));

    private static JsonObject AssignRule() => Map("People for some leads.", ["id", "when", "people"],
        ("id", Text("Whose turn it is is remembered by it.")), ("when", Ref("condition")), ("people", People("Who takes turns.")));

    private static JsonObject Absence() => Map("Somebody is away.", ["who", "from"],
        ("who", Person("Who is away.")), ("from", Date("The first day away.")), ("until", Date("The last day away.")), ("substitute", Person("Who stands in.")));

    private static JsonObject People(string description) => OneOrMany(Person("A person's id in the CRM."), description);

    private static JsonObject Person(string description) => new() { ["type"] = Array(["string", "integer"]), ["description"] = description };

    internal static JsonObject Sla() => Map("The time sales has to answer, and the hours that count.", [],
        ("zone", Text("The IANA name of the time zone, such as Europe/Copenhagen.")),
        ("hours", Map("Opening hours, by weekday.", [],
            [.. ((string[])["mon", "tue", "wed", "thu", "fri", "sat", "sun"]).Select(day => (day, Pattern("^ *[0-9]{2}:[0-9]{2} *- *[0-9]{2}:[0-9]{2} *$", "For example 08:00-16:00.")))])),
        ("holidays", OneOrMany(DayOffOrShort(), "Days that do not count, or end early.")),
        ("answer", WorkingTime("To answer an offer.")),
        ("handRaise", WorkingTime("To answer a lead that asked for contact.")),
        ("escalateAt", OneOrMany(Whole(1, 1000, "Percent."), "When to remind, in percent of the time to answer.")));

    private static JsonObject DayOffOrShort() => new()
    {
        ["anyOf"] = new JsonArray(
            Ref("dayOff"),
            Map("A day that ends early.", ["day", "until"], ("day", Ref("dayOff")), ("until", Pattern("^ *[0-9]{2}:[0-9]{2} *$", "When work ends that day, for example 12:00.")))),
    };

    internal static JsonObject DayOff()
    {
        var days = Holidays.ByCountry.SelectMany(country => (string[])[country.Key, $"{country.Key}/{CountryDays.Custom}", .. country.Value.Select(holiday => $"{country.Key}/{holiday.Code}")]);
        return new() { ["anyOf"] = new JsonArray(Date("A day off."), Words(days, "The public holidays of a country, its customary ones, or one of them.")) };
    }
}
