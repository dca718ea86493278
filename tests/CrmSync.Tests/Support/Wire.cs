namespace CrmSync.Tests.Support;

/// <summary>
/// The line between worker and CRM, where a test may step in: do something just before a request leaves or after its
/// answer came, or let the process die there.
/// </summary>
internal sealed class Wire
{
    private readonly Lock _lock = new();
    private readonly List<Hook> _hooks = [];

    /// <summary>Does something once, right before a request leaves.</summary>
    public void Before(string method, string path, Action act) => Add(new(method, path, true, () =>
    {
        act();
        return Task.CompletedTask;
    }));

    /// <summary>Does something once, right before the read that guards a write.</summary>
    public void BeforeTheGuard(Action act) => Add(new("POST", "contacts/batch/read", true, () =>
    {
        act();
        return Task.CompletedTask;
    }) { Without = "jobtitle" });

    /// <summary>Does something once, right after the answer to a request came in.</summary>
    public void After(string method, string path, Action act) => Add(new(method, path, false, () =>
    {
        act();
        return Task.CompletedTask;
    }));

    /// <summary>The process dies here: what comes after in it never happens. The task ends when it got there.</summary>
    public Task DieBefore(string method, string path) => Die(method, path, before: true);

    public Task DieAfter(string method, string path) => Die(method, path, before: false);

    public HttpMessageHandler Wrap(HttpMessageHandler inner) => new Handler(this, inner);

    private Task Die(string method, string path, bool before)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new(method, path, before, () =>
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite);
        }));
        return reached.Task;
    }

    private void Add(Hook hook)
    {
        lock (_lock)
            _hooks.Add(hook);
    }

    private async Task RunAsync(HttpRequestMessage request, bool before)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync() : "";
        Hook? hook;
        lock (_lock)
        {
            hook = _hooks.Find(h => h.Before == before && h.Method == request.Method.Method
                && request.RequestUri!.AbsolutePath.Contains(h.Path, StringComparison.Ordinal)
                && (h.Without is null || !body.Contains(h.Without, StringComparison.Ordinal)));
            if (hook is not null)
                _hooks.Remove(hook);
        }
        if (hook is not null)
            await hook.Act();
    }

    private sealed record Hook(string Method, string Path, bool Before, Func<Task> Act)
    {
        /// <summary>A word that the body must not hold: a guarding read asks for no facts.</summary>
        public string? Without { get; init; }
    }

    private sealed class Handler(Wire wire, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await wire.RunAsync(request, before: true);
            var response = await base.SendAsync(request, cancellationToken);
            await wire.RunAsync(request, before: false);
            return response;
        }
    }
}
