using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>Whether an effect may still be sent: the lead must look as it did when it was judged.</summary>
internal static class WriteGuard
{
    /// <summary>Null: send it. Otherwise what became of it. Whether it was written already is asked before.</summary>
    public static Settlement? Check(IntentRow intent, LeadRecord lead, CrmReading reading, DateTimeOffset now)
    {
        if (reading.Kind == CrmReadingKind.Gone)
            return Settling.Gone(intent, now);
        if (reading.Kind == CrmReadingKind.Moved)
            return NotAsJudged(intent, lead, "the record was merged or converted", now);
        if (reading.Lead is not { } crm)
            return NotAsJudged(intent, lead, reading.Reason ?? "the record could not be read", now);
        var body = intent.Body;
        if (intent.Step == IntentStep.Set)
            return CheckSecondStep(intent, lead, crm, now);
        // A write gives an owner to a lead that has none: whoever was given it meanwhile keeps it.
        return (body.OwnerId is null || string.IsNullOrEmpty(crm.OwnerId) || crm.OwnerId == body.OwnerId)
            && crm.StageValue == body.ExpectedStage && MarkerOf(crm) == body.ExpectedMarker && AnswerOf(crm) == body.ExpectedAnswer
            && crm.Fields.GetValueOrDefault(HandoverFields.Request) == body.ExpectedRequest
            ? null
            : Settling.Superseded(intent, "the record changed after it was judged", now);
    }

    /// <summary>Nothing of a step was sent, unless it is the second one: of that the first was.</summary>
    private static Settlement NotAsJudged(IntentRow intent, LeadRecord lead, string reason, DateTimeOffset now) =>
        intent.Step == IntentStep.Set ? Settling.Conflict(intent, lead, $"after the first of our two requests: {reason}", now) : Settling.Superseded(intent, reason, now);

    /// <summary>After our clear the stage must still be empty, with our clearing marker beside it: else a person was there.</summary>
    private static Settlement? CheckSecondStep(IntentRow intent, LeadRecord lead, CrmLead crm, DateTimeOffset now) =>
        string.IsNullOrEmpty(crm.StageValue) && MarkerOf(crm) == intent.Body.ExpectedMarker
            ? null
            : Settling.Conflict(intent, lead, "somebody set the stage between our two requests", now);

    public static string? MarkerOf(CrmLead lead) => lead.Fields.GetValueOrDefault(HandoverFields.Marker);

    public static string? AnswerOf(CrmLead lead) => lead.Fields.GetValueOrDefault(HandoverFields.Decision);
}
