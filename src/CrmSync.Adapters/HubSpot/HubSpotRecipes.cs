namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// The segments that people work from. Creating them takes scopes that the hand-over needs for nothing else, so they are
/// given as recipes for HubSpot's own editor.
/// </summary>
internal static class HubSpotRecipes
{
    public static IEnumerable<SetupStep> Lists(string language) =>
        language == "da"
            ?
            [
                Step("Venter på svar", "Overdragelse er Afventer svar"),
                Step("Over tiden", "Overdragelse er Afventer svar, og Svar senest er før nu"),
                Step("Afvist eller returneret, 7 dage", "Overdragelse er Afvist eller Sendt retur, og feltet er ændret inden for 7 dage"),
                Step("Næsten klar", "Overdragelse er tom, Match er mindst 50, og Interesse er 15 til 29"),
            ]
            :
            [
                Step("Waiting for an answer", "Hand-over is Waiting"),
                Step("Overdue", "Hand-over is Waiting, and Answer by is before now"),
                Step("Rejected or returned in 7 days", "Hand-over is Rejected or Returned, and was changed within 7 days"),
                Step("Almost there", "Hand-over is empty, Fit is at least 50, and Interest is 15 to 29"),
            ];

    private static SetupStep Step(string name, string filter) =>
        new("segment", name, SetupOutcome.Manual, $"CRM > Segments > Create segment > Contacts, active: {filter}.");
}
