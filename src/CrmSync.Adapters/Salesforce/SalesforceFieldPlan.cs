using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// What to ask for of leads or of contacts: the fields that our user sees among those that the facts and the hand-over need.
/// </summary>
internal sealed record SalesforceFieldPlan(bool IsContact, string? Account, IReadOnlyList<string> Facts, IReadOnlyList<string> Guard, IReadOnlyList<string> Handover)
{
    private const string ContactAccount = "Account";
    private static readonly string[] OfRecords = ["Id", "IsDeleted", "MasterRecordId", SalesforceFieldNames.Owner, "CreatedDate", "LastModifiedDate", "LastModifiedById", SalesforceStreams.Stamp];
    private static readonly string[] OfLeads = ["IsConverted", "ConvertedContactId", "ConvertedOpportunityId"];
    private static readonly string[] OfPeople = ["FirstName", "LastName"];

    public string Object => IsContact ? "Contact" : "Lead";

    /// <summary>The field of the stage; null where our user sees none.</summary>
    public SalesforceField? Stage { get; private init; }

    /// <summary>Whether our user may not see the object at all.</summary>
    public bool IsHidden => Guard.Count == 0;

    /// <summary>The field that has the account's id, and the path to its owner; null where a lead leads to none.</summary>
    public string? AccountId => IsContact ? "AccountId" : Account?.Replace("__r", "__c", StringComparison.Ordinal);
    public string? AccountOwner => Account is null ? null : $"{Account}.OwnerId";

    /// <summary>All of the record but for a mere guard: the look after a write tells whether anybody changed anything else beside it.</summary>
    public IReadOnlyList<string> Fields(ReadDepth depth) =>
        depth == ReadDepth.Guard ? Guard : [.. Guard.Concat(Handover).Concat(Facts).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static async Task<SalesforceFieldPlan> OfAsync(
        bool isContact, SalesforceSchema schema, SalesforceOptions options, SalesforceFieldNames names, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        var own = await schema.FieldsAsync(isContact ? "Contact" : "Lead", cancellationToken).ConfigureAwait(false);
        var account = await schema.FieldsAsync("Account", cancellationToken).ConfigureAwait(false);
        var path = isContact ? ContactAccount : own.ContainsKey(options.AccountField) ? options.AccountField.Replace("__c", "__r", StringComparison.Ordinal) : null;
        bool IsSeen(string field) => field.Split('.') is [_, var onAccount] ? account.ContainsKey(onAccount) : own.ContainsKey(field);

        var facts = catalogue.Definitions.SelectMany(d => names.Sources(d.Name)).SelectMany(s => SalesforceFieldNames.Paths(s, isContact, path)).Concat(OfPeople);
        if (path is not null)
            facts = facts.Concat([isContact ? "AccountId" : options.AccountField, $"{path}.OwnerId"]);
        var guard = OfRecords.Concat(isContact ? [] : OfLeads).Append(options.StageField).Concat(SalesforceFieldNames.GuardFields);
        return new(isContact, path, [.. facts.Where(IsSeen)], [.. guard.Where(IsSeen)], [.. SalesforceFieldNames.AllFields.Where(IsSeen)])
        {
            Stage = own.GetValueOrDefault(options.StageField),
        };
    }
}
