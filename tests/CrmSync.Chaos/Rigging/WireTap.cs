using System.Collections.Concurrent;
using System.Net.Sockets;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Crms;
using CrmSync.Worker.Commands.Demo;

namespace CrmSync.Chaos.Rigging;

/// <summary>
/// What leaves a worker, of all its lives: noted, and a place to die before and after each request. One request at a time, and
/// whoever sent it waits in place: what the product asks for side by side is asked in the order in which it is written there.
/// </summary>
internal sealed class Wires(SimulatedClock clock, Door door, Beside beside, CrmUnderTest crm)
{
    private readonly ConcurrentQueue<WireCall> _calls = new();
    private Task _last = Task.CompletedTask;

    public IReadOnlyList<WireCall> Calls => [.. _calls];

    /// <summary>Called with the point's name before a request leaves, which waits for it.</summary>
    public Func<string, Uri, Task> Asked { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called with the point's name right after an answer came in; the nemesis steps in between read and write here.</summary>
    public Action<string> Answered { get; set; } = _ => { };

    /// <summary>Called with the point's name when no answer came.</summary>
    public Action<string> Lost { get; set; } = _ => { };

    public HttpMessageHandler Wrap(Life life, HttpMessageHandler inner) => new Handler(this, life, inner);

    private sealed class Handler(Wires wires, Life life, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!wires.Renews(request))
                wires.Beside.AwaitTurn();
            return Task.FromResult(wires.InTurn(() => PassAsync(request, cancellationToken)));
        }

        private async Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var flight = wires.Clock.InFlight();
            var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
            var name = wires.NameOf(request, body);
            life.Pass(name + " before");
            wires._calls.Enqueue(new(wires.Clock.GetUtcNow(), request.RequestUri!.Authority, request.Method.Method, request.RequestUri.AbsolutePath));
            await wires.Asked(name, request.RequestUri);
            var response = await AnswerAsync(request, name, cancellationToken);
            life.Pass(name + " after");
            wires.Answered(name);
            await wires.Door.PassAsync();
            return response;
        }

        private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, string name, CancellationToken cancellationToken)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                // All of it, so that reading takes no time. A body that breaks off is a reply that was lost: the break may come before the head is read, or after.
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            }
            catch (Exception lost) when (lost is HttpRequestException or SocketException)
            {
                wires.Lost(name);
                throw;
            }
        }
    }

    /// <summary>Who came first goes first, which a lock does not promise.</summary>
    private T InTurn<T>(Func<Task<T>> call)
    {
        var done = new TaskCompletionSource();
        Interlocked.Exchange(ref _last, done.Task).GetAwaiter().GetResult();
        try
        {
            return Task.Run(call).GetAwaiter().GetResult();
        }
        finally
        {
            done.SetResult();
        }
    }

    private SimulatedClock Clock => clock;

    private Door Door => door;

    private Beside Beside => beside;

    private string NameOf(HttpRequestMessage request, string body) => crm.NameOf(request, body);

    private bool Renews(HttpRequestMessage request) => crm.NameOf(request, "") == crm.TokenCall;
}
