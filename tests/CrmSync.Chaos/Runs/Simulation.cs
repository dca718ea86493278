using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Chaos.Runs;

/// <summary>One run from a seed: days of people and of everything that goes wrong, then rest, then everything that is known of it.</summary>
internal sealed class Simulation(RigSetting setting, int leads, TimeSpan span, int kills) : IAsyncDisposable
{
    private readonly KeyedDraw _draw = new(setting.Seed);

    public Rig Rig { get; private set; } = null!;

    /// <summary>Gets the rig before its first worker is made.</summary>
    public Action<Rig> Made { get; init; } = _ => { };

    /// <summary>Plays it. The history is taken at rest.</summary>
    public async Task<RunHistory> RunAsync(Action<Fiend>? plan = null)
    {
        var people = new People(_draw, leads, setting.Start + TimeSpan.FromHours(1), span - TimeSpan.FromHours(2));
        Rig = await Rig.StartAsync(setting, people.Leads, Made);
        await Rig.GoLiveAsync();
        people.Begin(Rig);
        using var fiend = new Fiend(Rig, people, _draw);
        if (plan is null)
            fiend.Plan(Rig.Now, span, kills);
        else
            plan(fiend);
        await PlayAsync(people, fiend, setting.Start + span);
        fiend.Rest();
        await SettleAsync(people, fiend);
        await fiend.FinishAsync();
        var history = await HistoryAsync(fiend);
        Keep(history);
        return history;
    }

    public ValueTask DisposeAsync() => Rig.DisposeAsync();

    /// <summary>Puts store and log aside for whoever looks into a violation.</summary>
    private void Keep(RunHistory history)
    {
        if (RunPlan.Keep is not { } keep)
            return;
        var directory = Directory.CreateDirectory(Path.Combine(keep, $"seed-{setting.Seed}")).FullName;
        foreach (var file in Directory.EnumerateFiles(Rig.DataDirectory).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)), overwrite: true);
        File.WriteAllLines(Path.Combine(directory, "log.jsonl"), history.Log.Select(l => JsonSerializer.Serialize(l, JsonSerializerOptions.Web)));
        File.WriteAllLines(Path.Combine(directory, "worker.log"), Rig.Logs.Lines.Select(l => l.Text));
    }

    private async Task PlayAsync(People people, Fiend fiend, DateTimeOffset end)
    {
        while (Rig.Now < end)
        {
            var next = await Rig.NextAsync();
            foreach (var planned in new[] { people.Agenda.Next, fiend.Agenda.Next, end })
                next = planned < next ? planned.Value : next;
            await StepAsync(people, fiend, next < Rig.Now ? Rig.Now : next);
        }
    }

    private async Task StepAsync(People people, Fiend fiend, DateTimeOffset to)
    {
        Rig.Clock.AdvanceTo(to);
        people.Agenda.Do(Rig.Now);
        fiend.Agenda.Do(Rig.Now);
        await Rig.StepAsync(Rig.Now);
        people.Notice();
        fiend.Notice();
    }

    /// <summary>Until nothing is to be done, two polls and a sweep saw nothing new: at the latest after some days.</summary>
    private async Task SettleAsync(People people, Fiend fiend)
    {
        var (calm, end) = (0, Rig.Now + TimeSpan.FromDays(3));
        var swept = Rig.Now + TimeSpan.FromHours(26);
        while (Rig.Now < end && (calm < 4 || Rig.Now < swept))
        {
            var before = Rig.Store().Audit.Count;
            var next = await Rig.NextAsync();
            await StepAsync(people, fiend, people.Agenda.Next is { } planned && planned < next ? planned : next);
            calm = await Rig.IsIdleAsync() && Rig.Store().Audit.Count == before ? calm + 1 : 0;
        }
    }

    private async Task<RunHistory> HistoryAsync(Fiend fiend)
    {
        await Rig.Works<CrmSync.Worker.Sync.AnchorWork>();
        var stages = Rig.Worker.Connection.Adapter.Stages;
        string[] order = ["subscriber", "lead", "marketingqualifiedlead", stages.ValueOf(CrmSync.Leads.LifecycleStage.SalesAccepted)!, "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"];
        return new()
        {
            Facts = new()
            {
                Connection = Rig.Connection, OurIdentity = "static", LiveAt = Rig.LiveAt, SetUpAt = Rig.SetUpAt, StageOrder = order,
                StageValues = new Dictionary<string, string>
                {
                    ["Lead"] = "lead", ["MarketingQualified"] = "marketingqualifiedlead", ["SalesAccepted"] = order[3], ["SalesQualified"] = "salesqualifiedlead",
                    ["Opportunity"] = "opportunity", ["Customer"] = "customer",
                },
                Quotas = [new("!/search", TimeSpan.FromSeconds(10), Rig.MostInTenSeconds), new("/search", TimeSpan.FromSeconds(1), 3)],
                AllowedHosts = new HashSet<string> { new Uri(Rig.Account.BaseUrl).Authority },
                Canaries = [Rig.Account.Token, Rig.Account.WebhookSecret, Rig.Account.ClientSecret],
            },
            Log = Rig.Log(), Leads = Rig.Leads(), Store = Rig.Store(), Webhooks = fiend.Sent, Faults = fiend.Marks, Wire = Rig.Wires.Calls,
            Outputs = Outputs(), Kpis = await KpisAsync(),
        };
    }

    private Dictionary<string, string> Outputs()
    {
        var outputs = new Dictionary<string, string> { ["log"] = string.Join('\n', Rig.Logs.Lines.Select(l => l.Text)) };
        foreach (var file in Directory.EnumerateFiles(Rig.DataDirectory))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            outputs[Path.GetFileName(file)] = reader.ReadToEnd();
        }
        return outputs;
    }

    private async Task<string> KpisAsync()
    {
        var config = Path.Combine(Rig.DataDirectory, "settings.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Connections = new Dictionary<string, object> { [Rig.Connection] = new { Crm = "hubspot", Rig.Account.AccountId, Rig.Account.BaseUrl, Rig.Account.Token } },
        }));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = new CommandWorld(output, error, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot());
        var exit = await CommandRoot.RunAsync(world, ["kpi", "--json", "--config", config, "--data", Rig.DataDirectory], CancellationToken.None);
        File.Delete(config);
        return exit == 0 ? output.ToString() : throw new InvalidOperationException(error.ToString() + output);
    }
}
