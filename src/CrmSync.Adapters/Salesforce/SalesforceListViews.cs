using System.Xml.Linq;
using CrmSync.Leads.Fields;
using static CrmSync.Adapters.Salesforce.SalesforceSoap;

namespace CrmSync.Adapters.Salesforce;

/// <summary>A list view that people work from: its two names, how it is made by hand, and its filters as (field, operation, value).</summary>
internal sealed record SalesforceListView(string ApiName, string Name, string Recipe, IReadOnlyList<(string Field, string Operation, string Value)> Filters)
{
    private const string What = "list view";
    private static readonly string[] Columns = ["FULL_NAME", "LEAD.COMPANY", SalesforceFieldNames.Of(HandoverFields.Handover), SalesforceFieldNames.Of(HandoverFields.Due), SalesforceFieldNames.Of(HandoverFields.Decision)];

    public SetupStep Step(SetupOutcome outcome) => new(What, Name, outcome);

    public SetupStep ByHand(string why) =>
        new(What, Name, SetupOutcome.Manual, $"Leads > List View Controls > New, name '{Name}', shared with sales and marketing: {Recipe}. ({why})");

    public XElement Definition() => new(Metadata + "metadata",
        new XAttribute(Schema + "type", "ListView"),
        new XElement(Metadata + "fullName", $"Lead.{ApiName}"),
        Columns.Select(c => new XElement(Metadata + "columns", c)),
        new XElement(Metadata + "filterScope", "Everything"),
        Filters.Select(f => new XElement(Metadata + "filters",
            new XElement(Metadata + "field", f.Field), new XElement(Metadata + "operation", f.Operation), new XElement(Metadata + "value", f.Value))),
        new XElement(Metadata + "label", Name));
}

/// <summary>
/// The four list views. "Almost there" is for the default thresholds: 50 of fit, and up to 15 short of 30 of interest. Not tried on a
/// real org: the names of columns and relative dates are those of the metadata that orgs export.
/// </summary>
internal static class SalesforceListViews
{
    private static readonly string Handover = SalesforceFieldNames.Of(HandoverFields.Handover);
    private static readonly string Fit = SalesforceFieldNames.Of(HandoverFields.Fit);
    private static readonly string Interest = SalesforceFieldNames.Of(HandoverFields.Interest);
    private static readonly (string, string, string) Waiting = (Handover, "equals", "waiting");
    private static readonly (string, string, string)[] Late = [Waiting, (SalesforceFieldNames.Of(HandoverFields.Due), "lessThan", "TODAY")];
    private static readonly (string, string, string)[] Refused = [(Handover, "equals", "rejected,returned"), ("LEAD.LAST_UPDATE", "greaterOrEqual", "LAST_N_DAYS:7")];
    private static readonly (string, string, string)[] Almost = [(Handover, "equals", ""), (Fit, "greaterOrEqual", "50"), (Interest, "greaterOrEqual", "15"), (Interest, "lessThan", "30")];

    public static IReadOnlyList<SalesforceListView> In(string language) => language == "da"
        ?
        [
            new("CrmSync_Waiting", "Venter på svar", "Overdragelse er lig Afventer svar", [Waiting]),
            new("CrmSync_Overdue", "Over tiden", "Overdragelse er lig Afventer svar, og Svar senest er mindre end TODAY", Late),
            new("CrmSync_Refused", "Afvist eller returneret, 7 dage", "Overdragelse er lig Afvist eller Sendt retur, og Senest ændret er større end eller lig LAST_N_DAYS:7", Refused),
            new("CrmSync_Almost", "Næsten klar", "Overdragelse er tom, Match er mindst 50, og Interesse er 15 til 29", Almost),
        ]
        :
        [
            new("CrmSync_Waiting", "Waiting for an answer", "Hand-over equals Waiting", [Waiting]),
            new("CrmSync_Overdue", "Overdue", "Hand-over equals Waiting, and Answer by less than TODAY", Late),
            new("CrmSync_Refused", "Rejected or returned in 7 days", "Hand-over equals Rejected or Returned, and Last Modified Date greater or equal LAST_N_DAYS:7", Refused),
            new("CrmSync_Almost", "Almost there", "Hand-over is empty, Fit is at least 50, and Interest is 15 to 29", Almost),
        ];
}
