using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>What Salesforce works out by itself when a row is written.</summary>
internal static class Derivations
{
    public static void Apply(Org org, SObjectSchema schema, object?[] values, object?[]? before, Transaction context)
    {
        switch (schema.Name)
        {
            case "Lead" or "Contact":
                Set("Name", string.Join(' ', new[] { Get("FirstName"), Get("LastName") }.OfType<string>()));
                break;
            case "Task":
                var isClosed = Get("Status") is "Completed";
                Set("IsClosed", isClosed);
                Set("IsHighPriority", Get("Priority") is "High");
                Set("CompletedDateTime", isClosed ? Get("CompletedDateTime") ?? context.Stamp : null);
                break;
            case "Event":
                Set("ActivityDate", Get("StartDateTime") is DateTimeOffset start ? DateOnly.FromDateTime(start.UtcDateTime) : null);
                break;
            case "CampaignMember":
                Respond();
                break;
            case "Opportunity":
                Stage();
                break;
        }

        object? Get(string field) => FieldValues.Get(values, schema.Get(field));

        void Set(string field, object? value) => values[schema.Get(field).Index] = value;

        void Respond()
        {
            var statuses = org.Table("CampaignMemberStatus");
            var status = statuses.Of("CampaignId", (string)Get("CampaignId")!).FirstOrDefault(row => row.Text("Label") == Get("Status") as string);
            var hasResponded = status?.Flag("HasResponded") ?? false;
            Set("HasResponded", hasResponded);
            Set("FirstRespondedDate", hasResponded ? Get("FirstRespondedDate") ?? DateOnly.FromDateTime((context.CreatedAt ?? context.Stamp).UtcDateTime) : null);
        }

        void Stage()
        {
            var name = Get("StageName") as string;
            var isNew = before is null || !Equals(FieldValues.Get(before, schema.Get("StageName")), name);
            var stage = org.Table("OpportunityStage").All.FirstOrDefault(row => row.Text("ApiName") == name);
            Set("IsClosed", stage?.Flag("IsClosed") ?? false);
            Set("IsWon", stage?.Flag("IsWon") ?? false);
            Set("ForecastCategory", stage?.Text("ForecastCategoryName") ?? "Pipeline");
            if (isNew)
            {
                Set("Probability", stage?["DefaultProbability"] ?? 10d);
                Set("LastStageChangeDate", before is null ? null : context.Stamp);
            }
        }
    }
}
