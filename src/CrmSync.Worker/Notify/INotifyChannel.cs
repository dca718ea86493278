namespace CrmSync.Worker.Notify;

/// <summary>One way to a manager.</summary>
internal interface INotifyChannel
{
    /// <summary>Under which it is remembered that a day's message went out.</summary>
    string Name { get; }

    /// <exception cref="NotifyException">It did not get there, or nobody knows.</exception>
    Task SendAsync(BreachMessage message, CancellationToken cancellationToken);
}

/// <summary>Why a message did not get through; holds no address, secret or name.</summary>
internal sealed class NotifyException(string problem, string repair, Exception? inner = null) : Exception(problem, inner)
{
    public string Repair { get; } = repair;
}
