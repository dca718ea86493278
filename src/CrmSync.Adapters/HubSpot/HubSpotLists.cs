using CrmSync.Leads.Fields;
using static CrmSync.Adapters.HubSpot.HubSpotListFilters;

namespace CrmSync.Adapters.HubSpot;

/// <summary>A list that people work from: its name, how it is made by hand, and its filters.</summary>
internal sealed record HubSpotList(string Name, string Recipe, HubSpotListBranch Filters)
{
    public HubSpotListDefinition Definition => new(Name, ContactType, "DYNAMIC", Filters);

    public SetupStep Step(SetupOutcome outcome) => new(What, Name, outcome);

    public SetupStep ByHand(string? why = null) =>
        new(What, Name, SetupOutcome.Manual, $"CRM > Segments > Create segment > Contacts, active: {Recipe}.{(why is null ? "" : $" ({why})")}");

    public const string ContactType = "0-1";
    private const string What = "segment";
}

/// <summary>The four lists. "Almost there" is for the default thresholds: 50 of fit, and up to 15 short of 30 of interest.</summary>
internal static class HubSpotLists
{
    /// <summary>Ten years: older than any offer that still waits.</summary>
    private const int Ever = 3650;

    public static IReadOnlyList<HubSpotList> In(string language, string zone)
    {
        var waiting = AnyOf(HandoverFields.Handover, "waiting");
        var overdue = All(waiting, InLastDays(HandoverFields.Due, Ever, zone));
        var refused = All(AnyOf(HandoverFields.Handover, "rejected", "returned"), UpdatedInLastDays(HandoverFields.Handover, 7, zone));
        var almost = All(Empty(HandoverFields.Handover), AtLeast(HandoverFields.Fit, 50), AtLeast(HandoverFields.Interest, 15), Below(HandoverFields.Interest, 30));
        return language == "da"
            ?
            [
                new("Venter på svar", "Overdragelse er Afventer svar", All(waiting)),
                new("Over tiden", "Overdragelse er Afventer svar, og Svar senest er før nu", overdue),
                new("Afvist eller returneret, 7 dage", "Overdragelse er Afvist eller Sendt retur, og feltet er ændret inden for 7 dage", refused),
                new("Næsten klar", "Overdragelse er tom, Match er mindst 50, og Interesse er 15 til 29", almost),
            ]
            :
            [
                new("Waiting for an answer", "Hand-over is Waiting", All(waiting)),
                new("Overdue", "Hand-over is Waiting, and Answer by is before now", overdue),
                new("Rejected or returned in 7 days", "Hand-over is Rejected or Returned, and was changed within 7 days", refused),
                new("Almost there", "Hand-over is empty, Fit is at least 50, and Interest is 15 to 29", almost),
            ];
    }
}
