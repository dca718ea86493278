using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// How a record must look right after an offer of ours if nobody changed anything beside it since it was judged. One that does needs
/// no further look when a poll tells that it changed: that is the echo of our own write. Only offers: what follows on one waits for
/// people or for the clock, while another step may be followed at once by the next, which the echo's look takes.
/// </summary>
internal static class OwnEcho
{
    private static readonly string[] Answers = [HandoverFields.Decision, HandoverFields.DecisionText, HandoverFields.Request];

    /// <summary>Null where it cannot be told, as beneath the stage of a deal, or where the echo is to be looked at.</summary>
    /// <param name="judged">The lead as it was judged.</param>
    public static string? After(CrmLead judged, IntentBody body) =>
        judged.Print is null || judged.HasStageOfDeal || body.OwnerId is not null || body.StageStep == StageStep.Clear || body.Episode?.State != HandoverState.AwaitingDecision
            ? null
            : Of(judged, body.TargetStage, field => body.Fields.TryGetValue(field, out var written) ? written : judged.Fields.GetValueOrDefault(field));

    /// <summary>What an applied effect leaves of its echo, given the look right after it: nothing, where the record is as it should be.</summary>
    public static Settlement Drop(Settlement applied, CrmLead? shown) =>
        applied.Intent is { State: IntentState.Applied, Body: { EchoPrint: { } expected } body } intent
            && shown is { Echo: { } echo, Print: not null } && WriteGuard.MarkerOf(shown) == body.Marker
            && Of(shown, shown.StageValue, field => shown.Fields.GetValueOrDefault(field)) == expected
            ? applied with { Seen = new(echo, intent.LeadId) }
            : applied;

    private static string Of(CrmLead lead, string? stage, Func<string, string?> value) =>
        Hash([lead.Print!, stage, lead.OwnerId, .. Answers.Select(value)]);

    private static string Hash(IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\u001e', parts))).AsSpan(0, 16));
}
