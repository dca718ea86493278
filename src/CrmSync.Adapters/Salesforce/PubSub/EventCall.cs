using CrmSync.Adapters.Salesforce.PubSub.Wire;
using Grpc.Core;

namespace CrmSync.Adapters.Salesforce.PubSub;

/// <summary>One open subscription. It sends as many events as it was asked for, and then no sign of life any more.</summary>
internal sealed class EventCall(AsyncDuplexStreamingCall<FetchRequest, FetchResponse> call, string topic) : IDisposable
{
    /// <summary>The most that may be asked for at once.</summary>
    public const int Credit = 100;

    /// <summary>A quiet topic is heard of every 270 seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(300);

    /// <summary>A refusal is there by then. That a call was taken nobody says: the headers, too, may come with the first answer only, minutes later.</summary>
    private static readonly TimeSpan Refusal = TimeSpan.FromSeconds(15);

    private Task<bool>? _next;

    /// <summary>Waits until it has told something, or was not refused for so long that it was taken; false: it is over, and the next answer says why.</summary>
    public async Task<bool> IsTakenAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Refusal);
        return await TakenAsync(_next ??= MoveAsync(cancellationToken), limit.Token, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="next">Whether there is an answer.</param>
    /// <param name="longEnough">From then on silence means yes.</param>
    internal static async Task<bool> TakenAsync(Task<bool> next, CancellationToken longEnough, CancellationToken cancellationToken)
    {
        try
        {
            return await next.WaitAsync(longEnough).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (longEnough.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return true;
        }
        catch (Exception e) when (e is RpcException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The next answer; null when the other side ended the call.</summary>
    /// <exception cref="RpcException">The call is over.</exception>
    public async Task<FetchResponse?> NextAsync(CancellationToken cancellationToken)
    {
        var next = _next ?? MoveAsync(cancellationToken);
        _next = null;
        return await next.ConfigureAwait(false) ? call.ResponseStream.Current : null;
    }

    /// <summary>Asks for more before the last event that was asked for is here. What is asked for adds up.</summary>
    public Task TopUpAsync(FetchResponse answer, CancellationToken cancellationToken) =>
        answer.PendingNumRequested <= Credit / 2 ? AskAsync(new(), Credit - Math.Max(0, answer.PendingNumRequested), cancellationToken) : Task.CompletedTask;

    public async Task AskAsync(FetchRequest request, int number, CancellationToken cancellationToken)
    {
        (request.TopicName, request.NumRequested) = (topic, number);
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // A call that is over takes no request; the next answer says why.
        }
    }

    public void Dispose() => call.Dispose();

    private async Task<bool> MoveAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Silence);
        return await call.ResponseStream.MoveNext(limit.Token).ConfigureAwait(false);
    }
}
