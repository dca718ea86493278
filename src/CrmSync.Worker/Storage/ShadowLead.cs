namespace CrmSync.Worker.Storage;

/// <summary>What was judged of a lead and what people did to it, as recorded.</summary>
/// <param name="Verdict">The most it ever reached: <c>Offer</c>, <c>MarketingQualified</c>, or null.</param>
/// <param name="FirstStage">Its stage at first sight.</param>
/// <param name="NewestAct">The newest thing the lead did.</param>
/// <param name="Changes">Of its stage, after first sight, oldest first.</param>
public sealed record ShadowLead(
    string LeadId, string? OwnerId, string? Verdict, string? FirstStage, DateTimeOffset? NewestAct, IReadOnlyList<StageChange> Changes);
