using System.Globalization;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>The same counts of several CRMs side by side: the same people ought to fare alike in each.</summary>
internal sealed class DemoColumns(TextWriter screen, IReadOnlyList<string> crms)
{
    private const int Width = 12;

    public void Head(IReadOnlyList<long> leads)
    {
        screen.WriteLine();
        Row("", "", crms.Select(crm => crm.ToUpperInvariant()));
        Row("", "Leads", leads.Select(Text));
    }

    /// <param name="counts">One for each CRM, in their order.</param>
    public void Print(string title, IReadOnlyList<IReadOnlyDictionary<string, long>> counts)
    {
        foreach (var name in counts.SelectMany(c => c.Keys).Distinct().OrderByDescending(n => counts.Sum(c => c.GetValueOrDefault(n))).ThenBy(n => n, StringComparer.Ordinal))
        {
            Row(title, name.Replace(">", " > ", StringComparison.Ordinal), counts.Select(c => Text(c.GetValueOrDefault(name))));
            title = "";
        }
    }

    private void Row(string title, string name, IEnumerable<string> cells) =>
        screen.WriteLine($"  {title,-10} {name,-38}{string.Concat(cells.Select(cell => cell.PadLeft(Width)))}".TrimEnd());

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
