using System.Buffers;
using CrmSync.Adapters;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Sync;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Intake;

/// <summary>
/// <c>POST /webhooks/&lt;connection&gt;</c>, with a further part where a CRM has a secret one: verify, store, answer. An answer of 200 is given after the commit; what is not
/// authentic leaves nothing but a count. Bodies of answers are constant and small.
/// </summary>
internal sealed partial class WebhookEndpoint(IReadOnlyDictionary<string, ConnectedCrm> connections, ISyncStore store, ToldMerges merges, WebhookCounts counts, TimeProvider clock, ILogger<WebhookEndpoint> log)
{
    private const string Prefix = "/webhooks/";

    /// <summary>A hundred events of the largest kind are a tenth of it.</summary>
    private const int MaxBody = 1024 * 1024;

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        string[] parts = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Split('/', 2) : [""];
        if (!connections.TryGetValue(parts[0], out var connection) || connection.Webhook is not { } webhook || (parts.Length > 1 && !webhook.HasSecretPath))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }
        counts.Received(connection.Crm.Crm);
        var status = await AnswerAsync(context, connection, webhook);
        if (status >= 400)
            counts.Refused(connection.Crm.Crm);
        context.Response.StatusCode = status;
    }

    private async Task<int> AnswerAsync(HttpContext context, ConnectedCrm connection, ICrmWebhook webhook)
    {
        if (context.Request.ContentLength > MaxBody)
            return StatusCodes.Status413PayloadTooLarge;
        using var body = new BodyBuffer(MaxBody);
        if (await ReadAsync(context, body) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        var delivery = new WebhookDelivery(context.Request.Method, PublicUri(connection, context.Request), new HeaderView(context.Request.Headers), body.Written);
        var reading = webhook.Read(delivery, now);
        if (reading.Verdict != WebhookVerdict.Authentic)
            return Refusal(context, reading.Verdict);
        counts.Events(reading.Hints.Count, reading.Ignored, reading.Bad);
        if (reading.Bad > 0 && counts.IsBadNews(connection.Name, now))
            LogLine.BadEvents(log, connection.Name);
        return reading is { Hints.Count: 0, Writes.Count: 0 } ? StatusCodes.Status200OK : await StoreAsync(context, connection, reading, now);
    }

    private async Task<int> StoreAsync(HttpContext context, ConnectedCrm connection, WebhookReading reading, DateTimeOffset now)
    {
        var hints = reading.Hints;
        var leads = connection.Adapter.Streams[0];
        var entries = new InboxEntry[hints.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new(hints[i].Delivery, hints[i].Stream == leads ? hints[i].RecordId : RecordHint.Of(hints[i].Stream, hints[i].RecordId));
        try
        {
            // Not the request's token: a sender that hangs up must not undo a commit under way.
            await merges.KeepAsync(connection.Name, reading.Merges, CancellationToken.None);
            var isNews = await ToldWrites.StoreAsync(store, connection.Name, reading.Writes, now, CancellationToken.None);
            if (entries.Length > 0)
                isNews |= await store.AcceptAsync(connection.Name, entries, now, CancellationToken.None) > 0;
            if (isNews)
                connection.Bell.Ring();
            return StatusCodes.Status200OK;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogLine.NotStored(log, failure, connection.Name);
            return ComeAgain(context);
        }
    }

    private static int Refusal(HttpContext context, WebhookVerdict verdict) => verdict switch
    {
        WebhookVerdict.Unauthentic => StatusCodes.Status401Unauthorized,
        WebhookVerdict.NotYet => ComeAgain(context),
        _ => StatusCodes.Status400BadRequest,
    };

    private static int ComeAgain(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return StatusCodes.Status503ServiceUnavailable;
    }

    /// <summary>Null when the whole body was read.</summary>
    private static async Task<int?> ReadAsync(HttpContext context, BodyBuffer body)
    {
        try
        {
            // Most bodies are here with their headers: a deadline is set only for those that are not.
            return (body.TryFill(context.Request.BodyReader) ?? await FillAsync(context, body)) ? null : StatusCodes.Status413PayloadTooLarge;
        }
        catch (OperationCanceledException)
        {
            return StatusCodes.Status408RequestTimeout;
        }
        catch (IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    private static async Task<bool> FillAsync(HttpContext context, BodyBuffer body)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(ReadLimit);
        return await body.FillAsync(context.Request.BodyReader, limit.Token);
    }

    /// <summary>The configured address decides what was signed; a proxy's idea of it does not.</summary>
    private static Uri PublicUri(ConnectedCrm connection, HttpRequest request)
    {
        if (connection.Crm.PublicUrl is { } configured)
        {
            var rest = (request.Path.Value ?? "")[(Prefix.Length + connection.Name.Length)..];
            return request.QueryString.HasValue || rest.Length > 0
                ? new UriBuilder(configured) { Path = configured.AbsolutePath.TrimEnd('/') + rest, Query = request.QueryString.Value ?? "" }.Uri
                : configured;
        }
        return Uri.TryCreate($"{request.Scheme}://{request.Host.Value}{request.Path}{request.QueryString}", UriKind.Absolute, out var uri)
            ? uri
            : new Uri("http://invalid/");
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A webhook of {Connection} could not be stored; its sender was asked to come again.")]
        public static partial void NotStored(ILogger logger, Exception failure, string connection);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "Events in a webhook of {Connection} were left out: they are of another account than AccountId names, or their ids are none. Where that is so of all, correct AccountId or the address at the CRM. This is said once an hour.")]
        public static partial void BadEvents(ILogger logger, string connection);
    }
}
