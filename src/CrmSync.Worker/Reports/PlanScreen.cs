using System.Globalization;
using CrmSync.Leads.Texts;

namespace CrmSync.Worker.Reports;

/// <summary>A connection's plan for a person.</summary>
internal static class PlanScreen
{
    private const int RowsShown = 20;

    /// <param name="wished">How many old leads this going live is to offer; null: none.</param>
    public static void Print(TextWriter screen, ConnectionPlan plan, int? wished = null)
    {
        screen.WriteLine($"{plan.Connection}: {plan.Leads} leads, baseline {plan.Baseline}, {(plan.LiveSince is { } since ? $"live since {At(since)}" : "a shadow: nothing is written")}");
        screen.WriteLine($"  stages    {Counts(plan.Stages)}");
        screen.WriteLine($"  verdicts  {Counts(plan.Verdicts)}");
        screen.WriteLine($"  {OldLeads(plan, wished)}");
        screen.WriteLine($"  At most {plan.MovesAnHour} leads an hour change stage before the brake asks for 'approve'.");
        Offers(screen, plan);
        if (plan.BrakedSince is { } braked)
            screen.WriteLine($"  THE BRAKE IS ON since {At(braked)}: 'crmsync approve {plan.Connection}' releases it for an hour.");
        HeldBack(screen, plan);
        Parked(screen, plan);
        if (plan.Shadow is { } shadow)
            ShadowScreen.Print(screen, shadow);
    }

    /// <summary>What becomes of leads that did enough before going live.</summary>
    private static string OldLeads(ConnectionPlan plan, int? wished) => plan switch
    {
        { Backlog: > 0 } => $"{plan.Backlog} old leads may be offered for what they did before going live; of all others only newer evidence opens a hand-over.",
        { LiveSince: null } when wished is { } newest => $"At most {newest} of these leads, those with the newest acts, are offered for what they did before going live; of all others only newer evidence opens a hand-over.",
        _ => $"None of these leads is offered for what it did before going live; only newer evidence opens a hand-over.{(plan.BacklogPossible > 0 ? $" {plan.BacklogPossible} did enough within 30 days: 'go-live {plan.Connection} --backlog offer --newest N' offers the newest of them." : "")}",
    };

    private static void Offers(TextWriter screen, ConnectionPlan plan)
    {
        var offers = plan.Offers;
        var until = offers.Until is { } end ? $"until {At(end)}; {offers.Today} today" : "after going live";
        screen.WriteLine($"  At most {offers.PerDay} new offers a day, {offers.PerOwnerAndDay} an owner, {until}; hand-raises are exempt.");
        if (plan.Pilot is { } pilot)
            screen.WriteLine($"  A PILOT runs: only {pilot} is offered. Remove Connections:{plan.Connection}:Pilot and restart to end it.");
    }

    private static void HeldBack(TextWriter screen, ConnectionPlan plan)
    {
        if (plan.HeldBack.Count == 0)
            return;
        screen.WriteLine();
        screen.WriteLine($"Ready and held back: {plan.HeldBack.Count}. The best score goes first, on the next day there is room.");
        var table = new TextTable("lead", "score", "owner", "since", "why").Left(2).Left(3).Left(4);
        foreach (var lead in plan.HeldBack.Take(RowsShown))
            table.Add(lead.LeadId, lead.Score.ToString(CultureInfo.InvariantCulture), lead.OwnerId ?? "none", At(lead.Since), Why(plan, lead));
        table.Print(screen);
        if (plan.HeldBack.Count > RowsShown)
            screen.WriteLine($"  ... and {plan.HeldBack.Count - RowsShown} more; all of them with --json.");
    }

    private static string Why(ConnectionPlan plan, PlannedHold lead) => HoldText.Of(lead.Cause, plan.Offers.PerOwnerAndDay, plan.Offers.PerDay, "en");

    private static void Parked(TextWriter screen, ConnectionPlan plan)
    {
        foreach (var lead in plan.Parked)
        {
            screen.WriteLine();
            screen.WriteLine($"PARKED since {At(lead.Since)}: lead {lead.LeadId}. Its stage went to and fro; nothing more is written to it.");
            foreach (var change in lead.Changes)
                screen.WriteLine($"  {(change.At is { } at ? At(at) : "when unknown"),-18} {change.From ?? "-"} > {change.To ?? "-"} by {change.Actor}");
            screen.WriteLine($"  Stop what sets it back, then 'crmsync approve {plan.Connection} --lead {lead.LeadId}'.");
        }
    }

    private static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Counts(IReadOnlyDictionary<string, long>? counts) =>
        counts is { Count: > 0 } ? string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {c.Value}")) : "none yet";
}
