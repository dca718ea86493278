using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Adapters;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Rigging;
using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Nemesis;

/// <summary>What may happen while a grant is renewed: others who renew it too, and replies and savings that are lost once it was used.</summary>
internal sealed class Renewals(Rig rig, KeyedDraw draw, List<FaultMark> marks)
{
    public const string LostReply = "reply to a refresh lost after it was used";
    public const string DiedBetween = "worker killed between a token's reply and its save";
    public const string Elsewhere = "grant renewed by another program first";
    public const string AtOnce = "two requests find the token expired at once";
    public const string Anew = "grant lost, and the app authorized anew";

    /// <summary>Where the new token is known and not yet kept.</summary>
    public const string Unsaved = "grants SaveAsync before";

    public static readonly IReadOnlyList<string> All = [LostReply, DiedBetween, Elsewhere, AtOnce, Anew];

    private int _count;

    public static FaultKind Reply(string crm) => new(LostReply, new() { Crm = crm, Match = new() { Method = "POST", Path = "/oauth" }, Take = 1, Fault = "drop-after" }, null);

    /// <summary>Plans what strikes a renewal once it comes, some times each.</summary>
    public void Begin(Fiend fiend, Func<string, DateTimeOffset> sometime)
    {
        if (rig.Setting.Grant is null)
            return;
        rig.Wires.Asked = BeforeAsync;
        for (var i = 0; i < 3; i++)
        {
            fiend.Agenda.Add(sometime($"reply-to-refresh/{i}"), () => fiend.Inject(Reply(rig.Setting.Crm.Name)));
            fiend.Agenda.Add(sometime($"grant-unsaved/{i}"), () => rig.Book.DieAt(Unsaved));
        }
    }

    public void End() => rig.Wires.Asked = (_, _) => Task.CompletedTask;

    /// <summary>Our refresh is about to go out with the token that the store held.</summary>
    private async Task BeforeAsync(string request, Uri to)
    {
        if (request != rig.Setting.Crm.TokenCall)
            return;
        switch (draw.Below(12, $"renewal/{_count++}"))
        {
            case 0 when await RenewAsync(to):
                marks.Add(new(rig.Now, Elsewhere));
                break;
            case 1 when !rig.Setting.OneAtATime:
                // By a hand of its own, since in this one's turn it would wait for itself; of this worker, which may die first.
                var adapter = rig.Worker.Connection.Adapter;
                rig.Beside.Ask(() => AskTooAsync(adapter));
                marks.Add(new(rig.Now, AtOnce));
                break;
            default:
                break;
        }
    }

    /// <summary>A command beside the worker spends the grant and saves the next one; by a hand of its own.</summary>
    private async Task<bool> RenewAsync(Uri to)
    {
        IGrantStore store = rig.Worker.Store;
        if (await store.ReadAsync(Rig.Connection, CancellationToken.None) is not { } grant)
            return false;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = Request(to, grant.RefreshToken.Reveal());
        try
        {
            using var response = await http.SendAsync(request);
            if (!response.IsSuccessStatusCode || JsonNode.Parse(await response.Content.ReadAsStringAsync()) is not { } answer)
                return false;
            var life = answer["expires_in"] is { } seconds ? TimeSpan.FromSeconds(seconds.GetValue<int>()) : (TimeSpan?)null;
            await store.SaveAsync(
                Rig.Connection, grant with { RefreshToken = new(Text(answer, "refresh_token")), AccessToken = new(Text(answer, "access_token")), ExpiresAt = rig.Now + life }, CancellationToken.None);
            return true;
        }
        catch (HttpRequestException)
        {
            // The other program was the one that a fault struck.
            return false;
        }
    }

    /// <summary>Each CRM takes the app's name and secret at the place that it knows.</summary>
    private HttpRequestMessage Request(Uri to, string token)
    {
        var (id, secret) = (rig.Account.ClientId, rig.Account.ClientSecret);
        var request = new HttpRequestMessage(HttpMethod.Post, to)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = token, ["client_id"] = id, ["client_secret"] = secret }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}:{secret}"))));
        return request;
    }

    private static string Text(JsonNode answer, string name) => answer[name]!.GetValue<string>();

    /// <summary>What becomes of this one is the affair of whoever renews the token for both.</summary>
    private static async Task AskTooAsync(ICrmAdapter adapter)
    {
        try
        {
            await adapter.UsersAsync(CancellationToken.None);
        }
        catch (Exception ended) when (ended is CrmException or StoreException or WorkerDiedException or ObjectDisposedException or OperationCanceledException)
        {
            // The other one's end is its end.
        }
    }
}
