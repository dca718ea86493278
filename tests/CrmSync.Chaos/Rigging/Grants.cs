using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CrmSync.Adapters;
using CrmSync.Sandbox.Contracts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Chaos.Rigging;

/// <summary>The OAuth grant of a run: every token that was ever made of it, and the admin who lets the app in again where it is lost.</summary>
internal sealed class Grants(Rig rig)
{
    /// <summary>How long it takes until somebody reads what the product says.</summary>
    private static readonly TimeSpan AdminComes = TimeSpan.FromMinutes(20);

    /// <summary>The product asks a dead grant again within an hour; until then it cannot know of the new one.</summary>
    private static readonly TimeSpan AdminWaits = TimeSpan.FromMinutes(70);

    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);
    private readonly List<DateTimeOffset> _anew = [];
    private DateTimeOffset? _due;

    /// <summary>Whatever the CRM's token endpoint gave out.</summary>
    public IReadOnlyCollection<string> Secrets => [.. _secrets.Keys];

    /// <summary>When the admin let the app in anew.</summary>
    public IReadOnlyList<DateTimeOffset> Anew => _anew;

    /// <summary>Sees every answer of the CRM before it leaves, those that get lost too.</summary>
    public void Watch(SandboxExchange exchange)
    {
        if (exchange is not { Method: "POST", Status: 200 } || !exchange.Path.EndsWith("/token", StringComparison.Ordinal))
            return;
        foreach (var name in new[] { "access_token", "refresh_token" })
            if (JsonNode.Parse(exchange.Answer)?[name] is { } secret)
                _secrets[secret.GetValue<string>()] = true;
    }

    /// <summary>An admin acts on nothing but what the product tells them to do.</summary>
    public async Task MendAsync()
    {
        if (rig.Setting.Grant is null || !IsToldLost)
        {
            _due = null;
            return;
        }
        _due ??= rig.Now + AdminComes;
        if (rig.Now < _due || !await AuthorizeAsync())
            return;
        _anew.Add(rig.Now);
        _due = rig.Now + AdminWaits;
    }

    private bool IsToldLost => Asks(rig.Worker.Connection.Gate.Attention) || rig.Worker.Connection.Gate.Problems.Any(p => Asks(p.Repair));

    private static bool Asks(string? text) => text?.Contains("Authorise the app", StringComparison.Ordinal) == true;

    /// <summary>As <c>auth login</c> does it, in a process of its own beside the worker.</summary>
    private async Task<bool> AuthorizeAsync()
    {
        var (store, attempt) = (rig.Worker.Store, AuthorizationTry.New(new("http://localhost:8085/callback")));
        var services = new ServiceCollection().AddSingleton<IGrantStore>(store).AddSingleton<IQuotaLedger>(store).AddSingleton<TimeProvider>(rig.Clock);
        rig.Setting.Crm.Register(services);
        await using var admin = services.BuildServiceProvider();
        var authorization = admin.GetRequiredService<ICrmProvider>().CreateAuthorization(rig.Worker.Connection.Crm)!;
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        try
        {
            using var page = await browser.GetAsync(authorization.PageOf(attempt));
            if (page.Headers.Location is not { } back || QueryHelpers.ParseQuery(back.Query)["code"] is not [{ } code])
                return false;
            var authorized = await authorization.RedeemAsync(code, attempt, CancellationToken.None);
            await ((IGrantStore)store).SaveAsync(Rig.Connection, authorized.Grant, CancellationToken.None);
            return true;
        }
        catch (Exception fault) when (fault is CrmException or HttpRequestException)
        {
            // The faults of the hour are the admin's, too: another try at the next step.
            return false;
        }
    }
}
