namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore : IKpiRollUp, IToldFigures
{
    private const int RowsPerRollUp = 1_000;
    private const int DaysPerPacking = 20;

    public async Task RollUpAsync(CancellationToken cancellationToken)
    {
        if (await _database.ReadAsync(EpisodeRollUp.IsBehind, cancellationToken))
            while (await _database.WriteAsync(session => EpisodeRollUp.Refresh(session, RowsPerRollUp), cancellationToken)) { }
        if (await _database.ReadAsync(CohortDays.IsStale, cancellationToken))
            while (await _database.WriteAsync(session => CohortDays.Pack(session, DaysPerPacking), cancellationToken)) { }
    }

    /// <summary>Keeps what a lead's stages were before the product watched; rows that are known are left alone. Answers how many were new.</summary>
    public Task<int> ImportAsync(IReadOnlyList<HistoryRow> rows, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => HistoryTable.Add(session, rows), cancellationToken);

    public Task TellAsync(IReadOnlyList<ToldFigure> figures, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => ToldTable.Add(session, figures), cancellationToken);
}
