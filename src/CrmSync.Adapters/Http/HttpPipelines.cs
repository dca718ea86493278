using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CrmSync.Adapters.Http;

/// <summary>
/// Deadlines and short retries. They run on the system's clock: an injected clock that jumps would time out requests in
/// flight. Only the breaker's rest is measured on the product's clock.
/// </summary>
internal static class HttpPipelines
{
    private const int Retries = 2;

    /// <summary>Two further tries for reads. With the deadline of one try this also bounds the whole: some 33 seconds where one try has ten.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Reads(Func<HttpRequestMessage, bool> isRead, TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(IsPassing(args.Outcome) && MayRepeat(args.Context, isRead)),
            })
            .AddPipeline(Breaker(time))
            .Build();

    public static ResiliencePipeline<HttpResponseMessage> OneTry(TimeSpan limit) =>
        new ResiliencePipelineBuilder<HttpResponseMessage>().AddTimeout(limit).Build();

    /// <summary>A storm of errors is not answered with one of requests: after a handful of failures the CRM gets a rest.</summary>
    private static ResiliencePipeline<HttpResponseMessage> Breaker(TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
                ShouldHandle = args => ValueTask.FromResult(IsPassing(args.Outcome)),
            })
            .Build();

    private static bool MayRepeat(ResilienceContext context, Func<HttpRequestMessage, bool> isRead) =>
        context.GetRequestMessage() is { } request && isRead(request);

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome.Exception switch
    {
        null => outcome.Result!.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.Locked or >= HttpStatusCode.InternalServerError,
        HttpRequestException or IOException or SocketException or TimeoutRejectedException or BrokenCircuitException => true,
        ForeignBodyException => true,
        _ => false,
    };
}
