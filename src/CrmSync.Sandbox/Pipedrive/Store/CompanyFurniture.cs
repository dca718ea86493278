using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>Opens a company's account with what it has before anybody works in it: users, a pipeline, labels, and the customer's own fields.</summary>
internal static class CompanyFurniture
{
    public const string Lifecycle = "Lifecycle stage";

    private static readonly string[] Stages = ["Qualified", "Contact made", "Demo scheduled", "Proposal made", "Negotiations started"];
    private static readonly string[] LifecycleStages = ["Lead", "MQL", "SAL", "SQL", "Opportunity", "Customer", "Disqualified"];
    private static readonly string[] Bant = ["BANT budget", "BANT authority", "BANT need", "BANT timeline"];
    private static readonly string[] YesOrNo = ["Yes", "No", "Unknown"];
    private static readonly string[] Counters = ["Page views", "Email clicks", "Email opens", "Social clicks"];
    private static readonly string[] Dates = ["Last visit", "Last email click", "Last email open", "Last social click"];
    private static readonly string[] People = ["rep1", "rep2", "rep3", "marketing"];

    public static PipedriveCompany Open(int number, int seed, PipedriveSwitches switches, DateTimeOffset now)
    {
        var company = new PipedriveCompany(number, seed, switches);
        People.ToList().ForEach(key => company.User(key));
        Pipeline(company, now);
        foreach (var (name, color) in new[] { ("Hot", "red"), ("Cold", "blue"), ("Warm", "yellow") })
        {
            company.Labels.Add(new LeadLabel(company.NextUuid("label"), name, color, now, now));
        }

        if (switches.LifecycleField)
        {
            company.Fields.Add(EntityKind.Deal, Lifecycle, "enum", LifecycleStages, null, now);
        }

        foreach (var name in Bant)
        {
            company.Fields.Add(EntityKind.Deal, name, "enum", YesOrNo, null, now);
        }

        foreach (var name in Counters)
        {
            company.Fields.Add(EntityKind.Person, name, "double", [], null, now);
        }

        // Pipedrive has no type for an instant, so the marketing tool writes a text.
        foreach (var name in Dates)
        {
            company.Fields.Add(EntityKind.Person, name, "varchar", [], null, now);
        }

        return company;
    }

    private static void Pipeline(PipedriveCompany company, DateTimeOffset now)
    {
        var pipeline = company.Table(EntityKind.Pipeline).Make(PipedriveTimes.Whole(now));
        pipeline.Fill(new Dictionary<string, object?> { ["name"] = "Pipeline", ["order_nr"] = 1L, ["is_deleted"] = false, ["is_deal_probability_enabled"] = false });
        var order = 0L;
        foreach (var name in Stages)
        {
            company.Table(EntityKind.Stage).Make(PipedriveTimes.Whole(now)).Fill(new Dictionary<string, object?>
            {
                ["name"] = name,
                ["order_nr"] = ++order,
                ["is_deleted"] = false,
                ["deal_probability"] = 100L,
                ["pipeline_id"] = pipeline.Number,
                ["is_deal_rot_enabled"] = false,
            });
        }
    }
}
