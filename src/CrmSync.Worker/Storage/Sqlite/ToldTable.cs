using System.Globalization;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Figures that were told.</summary>
internal static class ToldTable
{
    private const string Insert =
        "INSERT INTO told_figures(cut_off, id, horizon_days, numerator, n, open, value) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    private const string SelectLatest = """
        SELECT cut_off, id, horizon_days, numerator, n, open, value FROM told_figures
        WHERE cut_off IN (SELECT DISTINCT cut_off FROM told_figures ORDER BY cut_off DESC LIMIT ?1) ORDER BY cut_off, id
        """;

    public static void Add(Session session, IReadOnlyList<ToldFigure> figures)
    {
        foreach (var figure in figures)
            session.Execute(
                Insert, figure.CutOff, figure.Id, figure.HorizonDays, figure.Numerator, figure.N, figure.Open, figure.Value?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Those of the latest cut-offs, oldest first.</summary>
    public static List<ToldFigure> Latest(Session session, int cutOffs)
    {
        using var rows = session.Query(SelectLatest, cutOffs);
        var found = new List<ToldFigure>();
        while (rows.Next())
            found.Add(new(
                rows.Instant(0)!.Value, rows.Required(1), (int)rows.Number(2), rows.IsNull(3) ? null : (int)rows.Number(3), (int)rows.Number(4), (int)rows.Number(5),
                rows.Text(6) is { } value ? decimal.Parse(value, CultureInfo.InvariantCulture) : null));
        return found;
    }
}
