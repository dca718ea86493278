using System.Collections.Concurrent;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>A few connections that only read, handed out for one short read at a time.</summary>
internal sealed class ReaderPool(Func<Session> open) : IDisposable
{
    private const int Most = 4;
    private readonly SemaphoreSlim _free = new(Most);
    private readonly ConcurrentBag<Session> _idle = [];

    public async Task<T> ReadAsync<T>(Func<Session, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return Read(read);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var session)) session.Dispose();
        _free.Dispose();
    }

    private T Read<T>(Func<Session, T> read)
    {
        var session = _idle.TryTake(out var idle) ? idle : open();
        var result = Within(session, read);
        _idle.Add(session);
        return result;
    }

    // One transaction, so that the queries of one read see one state. A failed session is not used again.
    private static T Within<T>(Session session, Func<Session, T> read)
    {
        try
        {
            session.Execute("BEGIN");
            var result = read(session);
            session.Execute("COMMIT");
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
