using System.Globalization;

namespace CrmSync.Worker.Reports;

/// <summary>The shadow's report for a person.</summary>
internal static class ShadowScreen
{
    public static void Print(TextWriter screen, ShadowReport report)
    {
        screen.WriteLine();
        screen.WriteLine($"What we would have done, against what people did meanwhile: {report.Offers} offers{(report.OldOffers > 0 ? $", {report.OldOffers} of them on old evidence (offered only with --backlog offer)" : "")}");
        if (report is { ByVerdict.Count: 0, SetMql.People: 0, MovedOn.People: 0, Rejected.People: 0 })
        {
            screen.WriteLine("  Nothing to compare yet. Let the shadow run for some days, then look again.");
            return;
        }
        Table(screen, "verdict", [.. report.ByVerdict, report.All]);
        screen.WriteLine();
        Table(screen, "owner", report.ByOwner);
        screen.WriteLine();
        var deeds = new TextTable("done to the stage", "by people", "by automations", "unknown");
        Add(deeds, "set MQL", report.SetMql);
        Add(deeds, "moved on past MQL", report.MovedOn);
        Add(deeds, "taken back", report.Rejected);
        deeds.Print(screen);
        screen.WriteLine("  'ours only': people took it back. 'theirs only': people made it MQL, our rules would not; 'crmsync explain' says why. Many of either: mend the rules before going live.");
    }

    private static void Table(TextWriter screen, string first, IReadOnlyList<ShadowCounts> rows)
    {
        var table = new TextTable(first, "agreed", "ours only", "theirs only", "undecided", "agreement");
        foreach (var row in rows)
            table.Add(row.Name, Number(row.Agreed), Number(row.OursOnly), Number(row.TheirsOnly), Number(row.Undecided), row.Agreement is { } share ? TextTable.Percent(share) : "");
        table.Print(screen);
    }

    private static void Add(TextTable table, string deed, ShadowDeeds deeds) =>
        table.Add(deed, Number(deeds.People), Number(deeds.Automations), Number(deeds.Unknown));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
