namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>An ordered list of stages of deals.</summary>
internal sealed record Pipeline(string Id, string Label, int DisplayOrder, IReadOnlyList<PipelineStage> Stages)
{
    /// <summary>The pipeline that every account starts with.</summary>
    public static Pipeline DefaultDeals { get; } = new("default", "Sales Pipeline", 0,
    [
        new("appointmentscheduled", "Appointment Scheduled", 0, "0.2"), new("qualifiedtobuy", "Qualified To Buy", 1, "0.4"),
        new("presentationscheduled", "Presentation Scheduled", 2, "0.6"), new("decisionmakerboughtin", "Decision Maker Bought-In", 3, "0.8"),
        new("contractsent", "Contract Sent", 4, "0.9"), new("closedwon", "Closed Won", 5, "1.0"), new("closedlost", "Closed Lost", 6, "0.0"),
    ]);
}

/// <summary>One stage; a probability of 1 or 0 makes it a won or a lost end.</summary>
internal sealed record PipelineStage(string Id, string Label, int DisplayOrder, string Probability)
{
    public bool IsWon => Probability == "1.0";

    public bool IsLost => Probability == "0.0";
}
