namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Commits units of work together: one fsync for all that wait. The first run takes no savepoints, which is what makes
/// the usual case cheap; if a unit fails, the group is rolled back and run again with a savepoint around each unit, so
/// that the failing one fails alone.
/// </summary>
internal sealed class GroupCommit(Session session)
{
    public void Run(List<WriteUnit> units)
    {
        try
        {
            if (!TryTogether(units)) Guarded(units);
        }
        catch (Exception e)
        {
            foreach (var unit in units) unit.Fail(e);
            RollBack();
            if (SqliteFailure.IsFinal(e)) throw;
        }
    }

    private bool TryTogether(List<WriteUnit> units)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var unit in units) unit.Run(session);
        }
        catch (Exception e) when (!SqliteFailure.IsOfTheDisk(e))
        {
            RollBack();
            return false;
        }
        session.Execute("COMMIT");
        foreach (var unit in units) unit.Complete();
        return true;
    }

    private void Guarded(List<WriteUnit> units)
    {
        session.Execute("BEGIN IMMEDIATE");
        var failed = new Dictionary<WriteUnit, Exception>();
        foreach (var unit in units) RunGuarded(unit, failed);
        session.Execute("COMMIT");
        foreach (var unit in units)
        {
            if (failed.TryGetValue(unit, out var why)) unit.Fail(why);
            else unit.Complete();
        }
    }

    private void RunGuarded(WriteUnit unit, Dictionary<WriteUnit, Exception> failed)
    {
        session.Execute("SAVEPOINT unit");
        try
        {
            unit.Run(session);
        }
        catch (Exception e) when (!SqliteFailure.IsOfTheDisk(e))
        {
            session.Execute("ROLLBACK TO unit");
            failed.Add(unit, e);
        }
        session.Execute("RELEASE unit");
    }

    private void RollBack()
    {
        if (session.InTransaction) session.Execute("ROLLBACK");
    }
}
