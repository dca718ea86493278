using CrmSync.Sandbox.Salesforce.PubSub.Wire;
using Grpc.Core;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>How many events a client still has room for, as its requests come in.</summary>
internal sealed class StreamDemand(string topic, string rpcId)
{
    public const int MostEvents = 100;

    private readonly Lock turn = new();
    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RpcException? refusal;
    private int pending;
    private bool isClosed;
    private bool isGone;

    public int Pending => Volatile.Read(ref pending);

    /// <summary>Nothing more is wanted, nobody is there any more, or the client asked for what it may not.</summary>
    public bool IsOver => refusal is not null || Volatile.Read(ref isGone) || (Volatile.Read(ref isClosed) && Pending == 0);

    /// <summary>Ends when the client says something.</summary>
    public Task Change => asked.Task;

    public void ThrowIfRefused()
    {
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    public void Fill(int count)
    {
        lock (turn)
        {
            pending -= count;
        }
    }

    public async Task ListenAsync(IAsyncStreamReader<FetchRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                Ask(requests.Current);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or RpcException)
        {
            // The client left, or this side ended the call: nobody waits for more.
            Volatile.Write(ref isGone, true);
        }

        Volatile.Write(ref isClosed, true);
        Signal(0);
    }

    /// <summary>What is asked for adds to what was not sent yet.</summary>
    public void Ask(FetchRequest request)
    {
        if (request.NumRequested <= 0)
        {
            refusal = StreamErrors.Of(StatusCode.InvalidArgument, "subscription.fetch.requested.events.invalid", "The number of events must be positive.", rpcId);
        }
        else if (request.TopicName.Length > 0 && request.TopicName != topic)
        {
            refusal = StreamErrors.Of(StatusCode.InvalidArgument, "subscription.fetch.topic.mismatch", "The topic differs from that of the first request.", rpcId);
        }

        Signal(Math.Clamp(request.NumRequested, 0, MostEvents));
    }

    /// <summary>Wakes whoever waits, once: the next wait is for the next word.</summary>
    private void Signal(int more)
    {
        TaskCompletionSource signal;
        lock (turn)
        {
            pending += more;
            (signal, asked) = (asked, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        signal.TrySetResult();
    }
}
