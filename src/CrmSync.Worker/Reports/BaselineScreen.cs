using System.Globalization;

namespace CrmSync.Worker.Reports;

/// <summary>The baseline for a person.</summary>
internal sealed class BaselineScreen(TextWriter screen, Func<string, string> criterion)
{
    public void Print(IReadOnlyList<Baseline> baselines, IReadOnlyList<CoveredCriterion> coverage)
    {
        foreach (var baseline in baselines)
            Print(baseline);
        if (coverage.Count == 0)
            return;
        screen.WriteLine();
        screen.WriteLine("WHAT THE DATA CANNOT ANSWER (all connections)");
        var table = new TextTable("", "answered", "unknown", "");
        foreach (var covered in coverage)
            table.Add(criterion(covered.Criterion), TextTable.Count(covered.Answered), TextTable.Count(covered.Unknown), TextTable.Percent(covered.Unknown, covered.Answered + covered.Unknown));
        table.Print(screen);
    }

    private void Print(Baseline baseline)
    {
        screen.WriteLine();
        screen.WriteLine($"{baseline.Connection.ToUpperInvariant()}  {TextTable.Count(baseline.Leads, "lead")}, {TextTable.Count(baseline.WithoutOwner)} without an owner");
        Table("Stage", baseline.Stages.Select(stage => (stage.Key, stage.Value)), baseline.Leads);
        Table("Undecided MQLs by days in the stage", baseline.UndecidedByAge.Select(aged => (Age(aged.AgeDays), aged.Leads)), baseline.UndecidedByAge.Sum(aged => aged.Leads));
        Table("Undecided MQLs by owner", baseline.UndecidedByOwner.Select(Owner), baseline.UndecidedByOwner.Sum(owned => owned.Leads));
        Table("The rules would offer, by owner", baseline.WouldOffer.Select(Owner), baseline.WouldOffer.Sum(owned => owned.Leads));
        Table("Others who changed the stage", baseline.StageWriters.Select(writer => (writer.Key, writer.Value)), baseline.StageWriters.Values.Sum());
    }

    private void Table(string title, IEnumerable<(string Name, int Leads)> rows, int all)
    {
        screen.WriteLine($"  {title}{(all == 0 ? ": none" : "")}");
        foreach (var (name, leads) in rows.Take(15))
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {TextTable.Printable(name, 34),-34} {TextTable.Count(leads),9} {TextTable.Percent(leads, all),6}  {new string('█', all == 0 ? 0 : (int)(24L * leads / all))}").TrimEnd());
    }

    private static (string Name, int Leads) Owner(OwnedLeads owned) => (owned.OwnerId ?? "nobody", owned.Leads);

    private static string Age(int? days) => days switch
    {
        null => "not known",
        0 => $"under {Baseline.Ages[0]}",
        _ => $"{days.Value.ToString(CultureInfo.InvariantCulture)} or more",
    };
}
