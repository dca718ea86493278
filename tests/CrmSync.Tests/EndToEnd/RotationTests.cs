using System.Net;
using CrmSync.Adapters;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Secrets that are rotated while the worker runs.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task A_new_webhook_secret_is_taken_beside_the_old_one_and_then_alone()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var (old, fresh) = (stage.Account.WebhookSecret, "a-new-secret-of-webhooks");
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(stage, 1, fresh));
        await TakeAsync(stage, c => c with { WebhookSecrets = [new(fresh), new(old)] });
        Assert.Equal(HttpStatusCode.OK, await SendAsync(stage, 2, fresh));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(stage, 3, old));
        await TakeAsync(stage, c => c with { WebhookSecrets = [new(fresh)] });
        Assert.Equal(HttpStatusCode.OK, await SendAsync(stage, 4, fresh));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(stage, 5, old));
    }

    [Fact]
    public async Task A_new_token_opens_a_connection_that_was_refused()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var good = stage.Account.Token;
        await TakeAsync(stage, c => c with { Token = new("revoked") });
        stage.RaiseHand("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.False(stage.Connection.Gate.MayRead);
        Assert.Null(stage.Field("anna", "crmsync_handover"));
        await TakeAsync(stage, c => c with { Token = new(good) });
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        Assert.True(stage.Connection.Gate.MayWrite);
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_change_nothing()
    {
        await using var stage = await Stage.StartAsync();
        await WorkOf(stage, () => null).RunAsync(stage.Now, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(stage, 1, stage.Account.WebhookSecret));
    }

    private static Task TakeAsync(Stage stage, Func<CrmConnection, CrmConnection> change) => WorkOf(stage, () =>
    {
        // As read anew from the files: nothing of it is shared with what is in force.
        var fresh = stage.Connection.Crm with
        {
            Token = new(stage.Connection.Crm.Token!.Reveal()),
            WebhookSecrets = [.. stage.Connection.WebhookSecrets.Select(s => new Secret(s.Reveal()))],
        };
        return [new ConnectionSettings(change(fresh), ConnectionMode.ByStore, TimeSpan.FromMinutes(1), null)];
    }).RunAsync(stage.Now, CancellationToken.None);

    private static SecretsWork WorkOf(Stage stage, SettingsAnew anew) => new(
        [stage.Connection], stage.Services.GetServices<ICrmProvider>().ToDictionary(p => p.Crm), anew, NullLogger<SecretsWork>.Instance);

    private static async Task<HttpStatusCode> SendAsync(Stage stage, long number, string secret)
    {
        using var http = new HttpClient();
        var sign = new SignedWebhook(stage.WebhookAddress, secret, stage.Clock);
        using var request = sign.Request($"[{SignedWebhook.Event(number, "1", stage.Account.AccountId)}]");
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
