using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Sync;

/// <summary>What a judgement hung on beside facts and rules.</summary>
/// <param name="Calendar">Fingerprint of the working time by which deadlines are counted.</param>
/// <param name="Mapping">Fingerprint of what in the account stands for what.</param>
internal sealed record JudgementInputs(DateTimeOffset At, RepAnswer? Answer, string Calendar, string Mapping)
{
    /// <summary>Who gets the lead, where that was decided with it.</summary>
    public Assignment? Assignment { get; init; }
}
