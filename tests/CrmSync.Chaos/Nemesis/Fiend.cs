using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Rigging;

namespace CrmSync.Chaos.Nemesis;

/// <summary>Does everything that a run promises to go wrong, at instants that the seed chooses, and keeps a list of it.</summary>
internal sealed class Fiend(Rig rig, People people, KeyedDraw draw) : IDisposable
{
    public const string Killed = "worker killed";
    public const string Raced = "person between read and write";
    public const string Unawares = "person after a write whose reply was lost";
    public const string Deleted = "record deleted between read and write";
    public const string Merged = "record merged between read and write";
    public const string Forged = "webhook forged";
    public const string Repeated = "the same webhook several times";
    public const string Late = "webhooks late by hours";
    public const string Jumped = "the clock jumped by a day";

    private readonly List<FaultMark> _marks = [];
    private readonly List<WebhookSent> _sent = [];
    private readonly List<Task<WebhookSent>> _sending = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<FaultKind> _waiting = [];
    private long _read;
    private long _event = 7_000_000_000;
    private int _races;
    private bool _atWork;

    public Agenda Agenda { get; } = new();
    public IReadOnlyList<FaultMark> Marks => _marks;
    public IReadOnlyList<WebhookSent> Sent => _sent;

    /// <summary>Plans faults over a time: each kind of the CRM's once, and the rest some times.</summary>
    public void Plan(DateTimeOffset from, TimeSpan span, int kills)
    {
        _atWork = true;
        foreach (var kind in FaultKinds.All)
            Agenda.Add(Sometime(kind.Name), () => Inject(kind));
        for (var i = 0; i < kills; i++)
        {
            var points = draw.Below(60, $"kill/{i}/points");
            Agenda.Add(Sometime($"kill/{i}"), () => rig.Book.DieAfter(points));
        }
        for (var i = 0; i < 6; i++)
        {
            var name = $"forged/{i}";
            Agenda.Add(Sometime(name), () => Send(name, authentic: false, times: 1));
            Agenda.Add(Sometime($"echoed/{i}"), () => Send($"echoed/{i}", authentic: true, times: 3));
        }
        Agenda.Add(Sometime("webhooks-late"), () => Silence(TimeSpan.FromHours(3)));
        if (draw.Chance(0.2, "jump"))
            Agenda.Add(Sometime("jump-at"), Jump);
        (rig.Wires.Answered, rig.Wires.Lost) = (Between, Unheard);

        DateTimeOffset Sometime(string what) => from + draw.Between(TimeSpan.FromMinutes(10), span, $"fiend/{what}");
    }

    /// <summary>Everything works again.</summary>
    public void Rest()
    {
        _atWork = false;
        Notice();
        _waiting.Clear();
        rig.Book.CallOff();
        rig.Control.ClearFaults();
        rig.WebhooksArrive = true;
        (rig.Wires.Answered, rig.Wires.Lost) = (_ => { }, _ => { });
        foreach (var point in rig.Book.Deaths)
            _marks.Add(new(rig.Now, Killed));
    }

    public async Task FinishAsync()
    {
        foreach (var sending in _sending)
            _sent.Add(await sending);
        _sending.Clear();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Reads the CRM's log on: which of the faults that lie in wait have struck.</summary>
    public void Notice()
    {
        foreach (var line in rig.Control.Log(_read))
        {
            _read = line.N;
            if (line.Fault is null || _waiting.FindIndex(k => k.Struck(line)) is not (>= 0 and var i))
                continue;
            _marks.Add(new(line.At, _waiting[i].Name));
            if (_waiting[i].Lasts is null)
                _waiting.RemoveAt(i);
        }
    }

    private void Inject(FaultKind kind)
    {
        _waiting.Add(kind);
        rig.Control.AddFault(kind.Request);
        if (kind.Lasts is { } time)
            Agenda.Add(rig.Now + time, () => End(kind));
    }

    /// <summary>Ends a fault that lasts; the sandbox ends all at once, so the others are laid out anew.</summary>
    private void End(FaultKind kind)
    {
        Notice();
        _waiting.Remove(kind);
        rig.Control.ClearFaults();
        foreach (var other in _waiting)
            rig.Control.AddFault(other.Request);
    }

    private void Silence(TimeSpan time)
    {
        if (!rig.Setting.Webhooks)
            return;
        rig.WebhooksArrive = false;
        _marks.Add(new(rig.Now, Late));
        Agenda.Add(rig.Now + time, () => rig.WebhooksArrive = true);
    }

    /// <summary>As after a night in which the machine slept: everything that fell due meanwhile is due at once.</summary>
    private void Jump()
    {
        _marks.Add(new(rig.Now, Jumped));
        rig.Clock.AdvanceTo(rig.Now.AddHours(26));
    }

    /// <summary>After a read, and before the write that it leads to: a person is faster.</summary>
    private void Between(string request)
    {
        var chance = request.EndsWith("as guard", StringComparison.Ordinal) ? 0.15 : request.EndsWith("of facts", StringComparison.Ordinal) ? 0.04 : 0;
        if (rig.Control.Log() is [.., { Reads: [.., var id] }])
            Race(chance, id, Raced);
    }

    /// <summary>After a write whose reply was lost: a person goes on with what they see, before the product knows of it.</summary>
    private void Unheard(string request)
    {
        if (request.EndsWith("contacts/batch/update", StringComparison.Ordinal) && rig.Control.Log() is [.., { Effects: [.., var effect] }])
            Race(0.7, effect.Id, Unawares);
    }

    private void Race(double chance, string leadId, string name)
    {
        if (!_atWork || !draw.Chance(chance, $"race/{_races++}"))
            return;
        rig.Clock.AdvanceTo(rig.Now.AddMilliseconds(7));
        var (key, race) = (people.KeyOf(leadId), _races);
        var (what, happened) = draw.Below(7, $"race/{race}/what") switch
        {
            0 or 1 => (name, people.Act(key, "set-stage", stage: "SalesQualified")),
            2 => (name, people.Act(key, "accept")),
            3 or 4 => (name, people.Act(key, "reject", reason: "no need")),
            5 => (Merged, people.Act(key, "merge", into: people.Another(key, race))),
            _ => (Deleted, people.Act(key, draw.Chance(0.5, $"race/{race}/end") ? "archive" : "delete")),
        };
        rig.Clock.AdvanceTo(rig.Now.AddMilliseconds(7));
        if (happened)
            _marks.Add(new(rig.Now, what));
    }

    private void Send(string name, bool authentic, int times)
    {
        var signer = new Signer(rig.Worker.Webhooks, authentic ? rig.Account.WebhookSecret : "somebody-else's", rig.Clock);
        var lead = rig.Control.State("hubspot").Leads[draw.Below(3, name)].Id;
        var number = ++_event;
        for (var i = 0; i < times; i++)
            _sending.Add(SendAsync(signer.Request($"[{Signer.Event(number, lead, rig.Account.AccountId)}]"), number.ToString(System.Globalization.CultureInfo.InvariantCulture), lead, authentic));
        _marks.Add(new(rig.Now, authentic ? Repeated : Forged));
    }

    private async Task<WebhookSent> SendAsync(HttpRequestMessage request, string number, string lead, bool authentic)
    {
        using (request)
        {
            using var flight = rig.Clock.InFlight();
            var at = rig.Now;
            try
            {
                using var response = await _http.SendAsync(request);
                return new(at, [number], [lead], authentic, (int)response.StatusCode);
            }
            catch (HttpRequestException)
            {
                return new(at, [number], [lead], authentic, null);
            }
        }
    }
}
