using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;

namespace CrmSync.Chaos.Runs;

/// <summary>One run from a seed: days of people and of everything that goes wrong, then rest, then everything that is known of it.</summary>
internal sealed class Simulation(RigSetting setting, int leads, TimeSpan span, int kills) : IAsyncDisposable
{
    /// <summary>A whole product takes a tenth of it; one that turns in circles is stopped, and what it did until then is told.</summary>
    private const int MostSteps = 60_000;

    private readonly KeyedDraw _draw = new(setting.Seed);
    private int _steps;

    /// <summary>Whether there came a time at which nothing was left to do.</summary>
    public bool CameToRest => _steps < MostSteps;

    public Rig Rig { get; private set; } = null!;

    /// <summary>What it is played for: what is kept of one seed and another run's play of it do not mix.</summary>
    public string For { get; init; } = "simulation";

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
        var history = await RigRecord.TakeAsync(Rig, fiend.Sent, [.. fiend.Marks, .. Rig.Grants.Anew.Select(at => new FaultMark(at, Renewals.Anew))]);
        if (RunPlan.Keep is { } keep)
            Keep(keep, history.Log, []);
        return history;
    }

    public ValueTask DisposeAsync() => Rig.DisposeAsync();

    /// <summary>Puts store and log aside for whoever looks into a violation; answers where.</summary>
    public string Keep(string keep, IReadOnlyList<LogLine> log, IReadOnlyList<Violation> violations)
    {
        var directory = Directory.CreateDirectory(Path.Combine(keep, setting.Crm.Name, For, $"seed-{setting.Seed}")).FullName;
        foreach (var file in Directory.EnumerateFiles(Rig.DataDirectory).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)), overwrite: true);
        File.WriteAllLines(Path.Combine(directory, "log.jsonl"), log.Select(l => JsonSerializer.Serialize(l, JsonSerializerOptions.Web)));
        File.WriteAllLines(Path.Combine(directory, "violations.txt"), violations.Select(v => v.ToString()));
        File.WriteAllLines(Path.Combine(directory, "worker.log"), Rig.Logs.Lines.Select(l => l.Text));
        return directory;
    }

    private async Task PlayAsync(People people, Fiend fiend, DateTimeOffset end)
    {
        while (Rig.Now < end && CameToRest)
        {
            var next = await Rig.NextAsync();
            foreach (var planned in new[] { people.Agenda.Next, fiend.Agenda.Next, end })
                next = planned < next ? planned.Value : next;
            await StepAsync(people, fiend, next < Rig.Now ? Rig.Now : next);
        }
    }

    private async Task StepAsync(People people, Fiend fiend, DateTimeOffset to)
    {
        _steps++;
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
        while (Rig.Now < end && CameToRest && (calm < 4 || Rig.Now < swept))
        {
            var before = Rig.AuditLength();
            var next = await Rig.NextAsync();
            var isAct = people.Agenda.Next is { } planned && planned < next;
            await StepAsync(people, fiend, isAct ? people.Agenda.Next!.Value : next);
            // What somebody did at the last moment is still to be seen.
            calm = !isAct && await Rig.IsIdleAsync() && Rig.AuditLength() == before ? calm + 1 : 0;
        }
    }
}
