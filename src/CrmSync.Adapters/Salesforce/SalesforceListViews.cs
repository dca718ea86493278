namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// The list views that people work from. The REST API makes none: they are looked for by name, and the recipe for the missing ones
/// is given. "Almost there" is for the default thresholds: 50 of fit, and up to 15 short of 30 of interest.
/// </summary>
internal static class SalesforceListViews
{
    private const string What = "list view";

    public static IEnumerable<SetupStep> Steps(string language, IReadOnlySet<string> known) =>
        In(language).Select(v => known.Contains(v.Name)
            ? new SetupStep(What, v.Name, SetupOutcome.Exists)
            : new(What, v.Name, SetupOutcome.Manual, $"Leads > List View Controls > New, name '{v.Name}', shared with sales and marketing: {v.Recipe}."));

    private static (string Name, string Recipe)[] In(string language) => language == "da"
        ?
        [
            ("Venter på svar", "Overdragelse er lig Afventer svar"),
            ("Over tiden", "Overdragelse er lig Afventer svar, og Svar senest er mindre end TODAY"),
            ("Afvist eller returneret, 7 dage", "Overdragelse er lig Afvist eller Sendt retur, og Senest ændret er større end eller lig LAST_N_DAYS:7"),
            ("Næsten klar", "Overdragelse er tom, Match er mindst 50, og Interesse er 15 til 29"),
        ]
        :
        [
            ("Waiting for an answer", "Hand-over equals Waiting"),
            ("Overdue", "Hand-over equals Waiting, and Answer by less than TODAY"),
            ("Rejected or returned in 7 days", "Hand-over equals Rejected or Returned, and Last Modified Date greater or equal LAST_N_DAYS:7"),
            ("Almost there", "Hand-over is empty, Fit is at least 50, and Interest is 15 to 29"),
        ];
}
