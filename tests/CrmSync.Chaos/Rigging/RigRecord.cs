using System.Text;
using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Sync;

namespace CrmSync.Chaos.Rigging;

/// <summary>Everything that is known of a rig's run, from all sides, for the checker. To be taken at rest.</summary>
internal static class RigRecord
{
    public static async Task<RunHistory> TakeAsync(Rig rig, IReadOnlyList<WebhookSent> webhooks, IReadOnlyList<FaultMark> faults)
    {
        await rig.Works<AnchorWork>();
        var translation = new Translation(rig.Setting.Crm.Dialect);
        var log = rig.Log(translation: translation);
        return new()
        {
            Facts = Facts(rig), Log = log, Leads = rig.Leads(), Store = translation.Of(rig.Store()), Webhooks = webhooks, Faults = faults, Wire = rig.Wires.Calls,
            Elsewhere = rig.Stranger.Calls, Outputs = Outputs(rig), Kpis = await KpisAsync(rig), SalWithin = TimeSpan.FromDays(1), SaleWithin = TimeSpan.FromDays(1),
        };
    }

    private static RunFacts Facts(Rig rig) => rig.Setting.Crm.Facts(rig, new()
    {
        Connection = Rig.Connection, OurIdentity = "", LiveAt = rig.LiveAt, SetUpAt = rig.SetUpAt, StageOrder = [], StageValues = new Dictionary<string, string>(),
        BackwardTo = rig.Setting.StageOnRejected is { } back ? new HashSet<string> { back.ToString() } : [],
        AllowedHosts = new HashSet<string> { new Uri(rig.Account.BaseUrl).Authority },
        Names = [People.Surname],
        Poisoned = rig.Poisoned,
        Canaries = [.. rig.Grants.Secrets.Concat([rig.Account.Token, rig.Account.WebhookSecret, rig.Account.ClientSecret, rig.Account.RefreshToken]).Where(secret => !string.IsNullOrEmpty(secret))],
    });

    private static Dictionary<string, string> Outputs(Rig rig)
    {
        var outputs = new Dictionary<string, string> { [RunHistory.LogOutput] = string.Join('\n', rig.Logs.Lines.Select(l => l.Text)) };
        foreach (var file in Directory.EnumerateFiles(rig.DataDirectory))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            outputs[Path.GetFileName(file)] = reader.ReadToEnd();
        }
        return outputs;
    }

    /// <summary>Given a day each: of what a run of some days shows, some had its time and some not.</summary>
    private static async Task<string> KpisAsync(Rig rig)
    {
        var config = Path.Combine(rig.DataDirectory, "settings.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Connections = new Dictionary<string, object> { [Rig.Connection] = rig.Setting.Crm.Settings(rig.Account) },
        }));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = new CommandWorld(output, error, TimeProvider.System, _ => new CollectedLogs(), rig.Setting.Crm.Register);
        var exit = await Task.Run(() => CommandRoot.RunAsync(world, ["kpi", "--json", "--horizon", "1", "--customer-horizon", "1", "--config", config, "--data", rig.DataDirectory], CancellationToken.None));
        File.Delete(config);
        return exit == 0 ? output.ToString() : throw new InvalidOperationException(error.ToString() + output);
    }
}
