using CrmSync.Adapters;
using CrmSync.Chaos.Rigging;
using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Nemesis;

/// <summary>What was promised to be kept and is not, and what should never have come in or gone out.</summary>
internal static class BugsOfKeeping
{
    public static IEnumerable<PlantedBug> All =>
    [
        new("a webhook is answered before it is stored", ["webhooks-kept"])
        {
            OfEvents = true,
            Deaths = ["store TakeAsync before", "POST /contacts/batch/read of facts before", "store RecordAsync before"],
            Store = (_, inner) =>
            {
                var late = new Queue<Func<Task>>();
                return Twist.Of(inner,
                    (nameof(IInbox.AcceptAsync), (args, call) => Later(late, args, call)),
                    (nameof(ISyncStore.ActivitiesAsync), (args, call) => AfterAsync(late, args, call)));
            },
        },
        new("a signature is not checked", ["webhooks-kept"])
        {
            OfEvents = true,
            Webhook = (rig, inner) => Twist.Of(inner, (nameof(ICrmWebhook.Read), (args, call) => call([rig.Setting.Crm.Believed(rig, (WebhookDelivery)args[0]!), args[1]]))),
        },
        new("the token is logged", ["no-canary"])
        {
            Adapter = (rig, inner) => Twist.Of(inner, (nameof(ICrmAdapter.CheckAsync), (args, call) =>
            {
                rig.Logs.Lines.Enqueue((Microsoft.Extensions.Logging.LogLevel.Debug, $"Checking with {rig.Account.Token}"));
                return call(args);
            })),
        },
        new("a lead that failed once is given up", ["quarantine-true"])
        {
            Store = (_, inner) => Twist.Of(inner, (nameof(ISyncStore.SettleAsync), (args, call) => call([((IReadOnlyList<Settlement>)args[0]!).Select(GiveUp).ToList(), args[1], args[2]]))),
        },
        new("evidence is stored with another lead's", ["re-decides"])
        {
            Store = (_, inner) => Twist.Of(inner, (nameof(ISyncStore.RecordAsync), (args, call) => call([args[0], Mixed((IReadOnlyList<LeadPass>)args[1]!), args[2], args[3]]))),
        },
    ];

    private static Settlement GiveUp(Settlement settlement) => settlement.Intent.State == IntentState.Unknown ? settlement with { Quarantine = "failed" } : settlement;

    private static List<LeadPass> Mixed(IReadOnlyList<LeadPass> passes) =>
        [.. passes.Select((pass, i) => pass.Evidence is { } own && passes[(i + 1) % passes.Count].Evidence is { } other ? pass with { Evidence = own with { Facts = other.Facts } } : pass)];

    private static Task<int> Later(Queue<Func<Task>> late, object?[] args, Func<object?[], object?> call)
    {
        var entries = (IReadOnlyList<InboxEntry>)args[1]!;
        late.Enqueue(() => (Task)call([args[0], entries, args[2], CancellationToken.None])!);
        return Task.FromResult(entries.Count);
    }

    private static async Task<IReadOnlyList<ActivityRow>> AfterAsync(Queue<Func<Task>> late, object?[] args, Func<object?[], object?> call)
    {
        while (late.TryDequeue(out var accept))
            await accept();
        return await (Task<IReadOnlyList<ActivityRow>>)call(args)!;
    }
}
