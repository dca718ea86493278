using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Does everything that a run promises to go wrong, at instants that the seed chooses, and keeps a list of it.</summary>
internal sealed class Fiend : IDisposable
{
    public const string Killed = RunHistory.Killed;
    public const string Forged = "webhook forged";
    public const string Repeated = "the same webhook several times";
    public const string Late = "webhooks late by hours";
    public const string LateByDays = "webhooks late by three days";
    public const string Jumped = "the clock jumped by a day";

    /// <summary>How long a run lasts at least in which webhooks may be days late.</summary>
    public static readonly TimeSpan SpanOfDays = TimeSpan.FromDays(7);

    // What happens right after the last webhook got through waits longest; nothing need happen in that very instant.
    private static readonly TimeSpan SilenceOfHours = TimeSpan.FromHours(3), SilenceOfDays = TimeSpan.FromDays(3) + TimeSpan.FromHours(6);
    private static readonly Dictionary<string, TimeSpan> LateBy = new() { [Late] = TimeSpan.FromHours(2), [LateByDays] = TimeSpan.FromDays(3) };

    /// <summary>What the disk does, and for how long.</summary>
    public static readonly IReadOnlyList<(string Name, StoreFailure Failure, TimeSpan Time)> StoreFaults =
    [
        ("disk full for ten minutes", StoreFailure.Full, TimeSpan.FromMinutes(10)),
        ("volume read-only for ten minutes", StoreFailure.ReadOnly, TimeSpan.FromMinutes(10)),
        ("store held by another program for a minute", StoreFailure.Locked, TimeSpan.FromMinutes(1)),
    ];

    private readonly Rig _rig;
    private readonly KeyedDraw _draw;
    private readonly Races _races;
    private readonly Renewals _renewals;
    private readonly List<FaultMark> _marks = [];
    private readonly OwnWebhooks _webhooks;
    private readonly List<FaultKind> _waiting = [];

    /// <summary>Silences of which no webhook has come through late enough yet, by name.</summary>
    private readonly List<string> _silences = [];
    private long _read;
    private DateTimeOffset _silentUntil;

    public Fiend(Rig rig, People people, KeyedDraw draw) => 
        (_rig, _draw, _races, _renewals, _webhooks) = (rig, draw, new(rig, people, draw, _marks), new(rig, draw, _marks), new(rig));

    public Agenda Agenda { get; } = new();
    public IReadOnlyList<FaultMark> Marks => _marks;
    public IReadOnlyList<WebhookSent> Sent => _webhooks.Sent;

    /// <summary>Plans faults over a time: each kind of the CRM's once, and the rest some times.</summary>
    public void Plan(DateTimeOffset from, TimeSpan span, int kills)
    {
        foreach (var kind in _rig.Setting.Crm.Faults)
            Agenda.Add(Sometime(kind.Name), () => Inject(kind));
        for (var i = 0; i < kills; i++)
        {
            var points = _draw.Below(60, $"kill/{i}/points");
            Agenda.Add(Sometime($"kill/{i}"), () => _rig.Book.DieAfter(points));
        }
        for (var i = 0; i < 6 && SendsWebhooks; i++)
        {
            var name = $"forged/{i}";
            Agenda.Add(Sometime(name), () => Send(name, authentic: false, times: 1));
            Agenda.Add(Sometime($"echoed/{i}"), () => Send($"echoed/{i}", authentic: true, times: 3));
        }
        foreach (var (name, failure, time) in StoreFaults)
            Agenda.Add(Sometime(name), () => Spoil(name, failure, time));
        Agenda.Add(Sometime("webhooks-late"), () => Silence(Late, SilenceOfHours));
        if (span >= SpanOfDays && _draw.Chance(0.3, "webhooks-days-late"))
            Agenda.Add(from + _draw.Between(TimeSpan.FromHours(1), span - SilenceOfDays, "fiend/webhooks-days-late"), () => Silence(LateByDays, SilenceOfDays));
        if (_draw.Chance(0.2, "jump"))
            Agenda.Add(Sometime("jump-at"), Jump);
        _races.Begin();
        _renewals.Begin(this, Sometime);

        DateTimeOffset Sometime(string what) => from + _draw.Between(TimeSpan.FromMinutes(10), span, $"fiend/{what}");
    }

    /// <summary>Everything works again.</summary>
    public void Rest()
    {
        _races.End();
        _renewals.End();
        Notice();
        _waiting.Clear();
        _rig.Book.CallOff();
        _rig.Trouble.End();
        _rig.Control.ClearFaults();
        _rig.WebhooksArrive = true;
        foreach (var point in _rig.Book.Deaths)
            _marks.Add(new(_rig.Now, point == Renewals.Unsaved ? Renewals.DiedBetween : Killed));
    }

    /// <summary>Waits for the answers to the run's own webhooks: one that nobody answered has not happened to anybody.</summary>
    public async Task FinishAsync()
    {
        await _webhooks.FinishAsync();
        Notice();
        _marks.AddRange(Sent.Where(w => w is { IsAuthentic: false, Status: not null }).Select(w => new FaultMark(w.At, Forged)));
        var again = Sent.Where(w => w is { IsAuthentic: true, Status: >= 200 and < 300 }).GroupBy(w => w.Events[0]).Where(same => same.Count() > 1);
        _marks.AddRange(again.Select(same => new FaultMark(same.Last().At, Repeated)));
    }

    public void Dispose() => _webhooks.Dispose();

    /// <summary>Reads the CRM's log on: which of the faults that lie in wait have struck.</summary>
    public void Notice()
    {
        foreach (var line in _rig.Control.Log(_read))
        {
            _read = line.N;
            Hear(line);
            if (line.Fault is null || _waiting.FindIndex(k => k.Struck(line)) is not (>= 0 and var i))
                continue;
            _marks.Add(new(line.At, _waiting[i].Name));
            if (_waiting[i].Lasts is null)
                _waiting.RemoveAt(i);
        }
    }

    /// <summary>Lays a fault out now; one that strikes once waits for its request.</summary>
    public void Inject(FaultKind kind)
    {
        kind = kind.To(_rig.Stranger.Address);
        _waiting.Add(kind);
        _rig.Control.AddFault(kind.Request);
        if (kind.Lasts is { } time)
            Agenda.Add(_rig.Now + time, () => End(kind));
    }

    /// <summary>Ends a fault that lasts; the sandbox ends all at once, so the others are laid out anew.</summary>
    private void End(FaultKind kind)
    {
        Notice();
        _waiting.Remove(kind);
        _rig.Control.ClearFaults();
        foreach (var other in _waiting)
            _rig.Control.AddFault(other.Request);
    }

    private void Spoil(string name, StoreFailure failure, TimeSpan time)
    {
        _rig.Trouble.Begin(failure);
        Agenda.Add(_rig.Now + time, () =>
        {
            if (_rig.Trouble.End() > 0)
                _marks.Add(new(_rig.Now, name));
        });
    }

    private bool SendsWebhooks => _rig.Setting.Crm.Events is not null;

    /// <summary>One silence may fall into another: the longer one counts.</summary>
    private void Silence(string name, TimeSpan time)
    {
        if (!_rig.Setting.Webhooks || !SendsWebhooks)
            return;
        _rig.WebhooksArrive = false;
        _silences.Add(name);
        _silentUntil = _rig.Now + time > _silentUntil ? _rig.Now + time : _silentUntil;
        Agenda.Add(_rig.Now + time, () => _rig.WebhooksArrive = _rig.Now >= _silentUntil);
    }

    /// <summary>A webhook came through: each silence that it waited for long enough has done what it was to do.</summary>
    private void Hear(LogEntry line)
    {
        if (line is not { Kind: "webhook", Status: >= 200 and < 300, Oldest: { } oldest })
            return;
        foreach (var name in _silences.Where(name => line.At - oldest >= LateBy[name]).ToList())
        {
            _silences.Remove(name);
            _marks.Add(new(line.At, name));
        }
    }

    /// <summary>As after a night in which the machine slept: everything that fell due meanwhile is due at once.</summary>
    private void Jump()
    {
        _marks.Add(new(_rig.Now, Jumped));
        _rig.Clock.AdvanceTo(_rig.Now.AddHours(26));
    }

    private void Send(string name, bool authentic, int times) =>
        _webhooks.Send(_rig.Control.State(_rig.Setting.Crm.Name).Leads[_draw.Below(3, name)].Id, authentic, times, after: 1 + _draw.Below(6, $"{name}/after"));
}
