using CrmSync.Leads;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>What is needed to follow a lead into the contact and the opportunity that it becomes. Of leads that were not converted yet nothing depends on it.</summary>
internal sealed class SalesforceConversionCheck(CrmConnection connection, SalesforceOptions options, ProblemList problems)
{
    private static readonly string[] LinksOfLead = ["ConvertedContactId", "ConvertedOpportunityId"];

    /// <param name="contact">The fields of contacts that our user sees; none where it sees no contacts.</param>
    public void Contacts(IReadOnlyDictionary<string, SalesforceField> contact, StageMap stages)
    {
        var missing = HandoverFields.Of(connection.Mapping.ReportFields).Select(f => SalesforceFieldNames.Of(f.Name)).Append(options.StageField).Where(f => !contact.ContainsKey(f)).ToList();
        if (contact.Count == 0)
            problems.Add("object-hidden", ProblemReach.Hint, "ClientId", "The user sees no contacts: a lead that is converted cannot be followed.", "Give the user read and edit access to the object Contact.");
        else if (missing.Count > 0)
            problems.Add("contact-fields-missing", ProblemReach.Hint, "Mapping:Options:StageField",
                $"Contacts lack the fields {string.Join(", ", missing)}: what becomes of converted leads cannot be written there.", "crmsync setup, then map the lead's fields to them.");
        if (contact.TryGetValue(options.StageField, out var stage)
            && Enum.GetValues<LifecycleStage>().Select(stages.ValueOf).Where(v => v is not null && !stage.Takes(v)).ToList() is { Count: > 0 } lacking)
            problems.Add("contact-stages-missing", ProblemReach.Hint, "Mapping:Options:StageField",
                $"The contact's field '{options.StageField}' lacks the values {string.Join(", ", lacking)}: a lead in one of these stages cannot be converted where the fields are mapped, and its contact takes no such stage.",
                "Give the contact's field the same values as the lead's.");
    }

    /// <param name="deal">The fields of opportunities that our user sees; none where it sees no opportunities, which is told elsewhere.</param>
    public void Links(IReadOnlyDictionary<string, SalesforceField> lead, IReadOnlyDictionary<string, SalesforceField> deal)
    {
        foreach (var field in LinksOfLead.Where(f => !lead.ContainsKey(f)))
            problems.Add("object-hidden", ProblemReach.Hint, "ClientId", $"The user does not see the lead's field {field}: what became of a converted lead cannot be followed.", "Let the user see the field.");
        if (deal.Count > 0 && !SalesforceDeals.AreTold(deal.ContainsKey))
            problems.Add("object-hidden", ProblemReach.Hint, "ClientId", "The user does not see whether opportunities are closed and won: sales stay unknown.", "Let the user see the fields IsClosed and IsWon of opportunities.");
    }
}
