using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Chaos.Rigging;

/// <summary>
/// Leads who read and ask, reps who answer in the record, marketing, and everybody who changes records for reasons of their
/// own. They see the CRM and nothing else.
/// </summary>
internal sealed class People(KeyedDraw draw, int count, DateTimeOffset start, TimeSpan span)
{
    /// <summary>Part of everybody's name, and of nothing else.</summary>
    public const string Surname = "Canary";

    private static readonly string[] Reps = ["rep-1", "rep-2", "rep-3"];
    private static readonly string[] Reasons = ["no need", "no budget", "bad timing"];
    private static readonly string[] Roles = ["Head of Production", "Consultant", "Owner", "Student"];
    private static readonly string[] Industries = ["MACHINERY", "COMPUTER_SOFTWARE", "RETAIL", "FOOD_PRODUCTION"];

    private readonly Dictionary<string, string> _keys = [];
    private readonly Dictionary<string, int> _offers = [];
    private Rig _rig = null!;
    private long _read;

    public Agenda Agenda { get; } = new();

    /// <summary>Those who are in the CRM from the beginning.</summary>
    public IReadOnlyList<LeadSpec> Leads => [.. Enumerable.Range(0, count).Select(i => Lead($"lead{i}"))];

    public string KeyOf(string id) => _keys.GetValueOrDefault(id, "");

    /// <summary>The key of somebody else.</summary>
    public string Another(string key, int turn) => _keys.Values.Where(k => k != key).Order(StringComparer.Ordinal).ElementAt(draw.Below(_keys.Count - 1, $"{key}/another/{turn}"));

    /// <summary>Plans what everybody does of their own accord.</summary>
    public void Begin(Rig rig)
    {
        _rig = rig;
        foreach (var lead in rig.Leads().Where(l => l.Key is not null))
            _keys[lead.Id] = lead.Key!;
        foreach (var key in _keys.Values.Order(StringComparer.Ordinal))
        {
            foreach (var (kind, share) in new[] { ("handRaise", 0.6), ("contentDownload", 0.4), ("webinarAttended", 0.3), ("pageView", 0.5) })
            {
                if (draw.Chance(share, $"{key}/{kind}"))
                    Plan(key, At(key, kind), "submit-form", null, new() { ["kind"] = kind, ["title"] = kind == "handRaise" ? "Demo request: Book a demo" : "Guide: Hand-over" });
            }
            if (draw.Chance(0.1, $"{key}/moves"))
                Plan(key, At(key, "moves-at"), "set-stage", stage: "SalesQualified");
            if (draw.Chance(0.15, $"{key}/edits"))
                Plan(key, At(key, "edits-at"), "edit", fields: new() { [_rig.Setting.Crm.JobTitle] = "Director" });
            if (draw.Chance(0.03, $"{key}/leaves"))
                Plan(key, At(key, "leaves-at"), draw.Chance(0.5, $"{key}/erased") ? "delete" : "archive");
            if (draw.Chance(0.03, $"{key}/twin"))
                Plan(key, At(key, "twin-at"), "merge", into: $"lead{draw.Below(count, $"{key}/into")}");
            if (draw.Chance(0.05, $"{key}/held"))
                Plan(key, At(key, "held-at"), "edit", fields: new() { [CrmFields.Request] = "hold" });
            if (draw.Chance(0.08, $"{key}/wished"))
                Plan(key, At(key, "wished-at"), "edit", fields: new() { [CrmFields.Request] = "send" });
        }
    }

    /// <summary>Reads the CRM's log on: who sees an offer will answer it, who accepted will work on it.</summary>
    public void Notice()
    {
        foreach (var line in _rig.Control.Log(_read))
        {
            _read = line.N;
            foreach (var effect in line.Effects.Where(e => e.Field == _rig.Setting.Crm.Handover && _keys.ContainsKey(e.Id)))
                See(_keys[effect.Id], _rig.Setting.Crm.Dialect.ValueOf(CrmFields.Handover, effect.After) ?? "", line.At);
        }
    }

    /// <summary>Somebody does something now; a record that is no longer there shows nobody a button.</summary>
    public bool Act(string key, string act, string? person = null, Dictionary<string, string?>? fields = null, string? stage = null, string? into = null, string? reason = null)
    {
        try
        {
            _rig.Control.Act(new()
            {
                Crm = _rig.Setting.Crm.Name, Key = key, Act = act, Person = person ?? Somebody($"{key}/{act}/{_rig.Now:O}"), Reason = reason, Stage = stage, Into = into,
                Fields = fields ?? [],
            });
            return true;
        }
        catch (SandboxRequestException)
        {
            return false;
        }
    }

    /// <summary>Marketing wishes something else of a lead now.</summary>
    public bool Wish(string key, string wish) => Act(key, "edit", fields: new() { [CrmFields.Request] = wish });

    private void See(string key, string state, DateTimeOffset now)
    {
        if (state == "waiting")
        {
            var offer = _offers[key] = _offers.GetValueOrDefault(key) + 1;
            var (kind, at) = (draw.Fraction($"{key}/{offer}/answer"), now + draw.Between(TimeSpan.FromMinutes(1), TimeSpan.FromHours(9), $"{key}/{offer}/answer-at"));
            if (kind < 0.45)
                Plan(key, at, "accept");
            else if (kind < 0.7)
                Plan(key, at, "reject", reason: Reasons[draw.Below(Reasons.Length, $"{key}/{offer}/reason")]);
            else if (kind < 0.85)
                Plan(key, at, "return");
            if (draw.Chance(0.1, $"{key}/{offer}/twice"))
                Plan(key, at + TimeSpan.FromHours(2), "reject", reason: Reasons[0]);
            if (draw.Chance(0.1, $"{key}/{offer}/closes"))
                Plan(key, at - TimeSpan.FromSeconds(30), "complete-task");
        }
        else if (state == "accepted" && draw.Chance(0.6, $"{key}/deal"))
        {
            Plan(key, now + draw.Between(TimeSpan.FromHours(2), TimeSpan.FromHours(40), $"{key}/deal-at"), draw.Chance(0.5, $"{key}/won") ? "win" : "lose");
        }
        else if (state == "rejected" && draw.Chance(0.2, $"{key}/dispute"))
        {
            Plan(key, now + TimeSpan.FromHours(3), "dispute");
        }
    }

    private DateTimeOffset At(string key, string what) => start + draw.Between(TimeSpan.FromMinutes(5), span, $"{key}/{what}/when");

    private void Plan(string key, DateTimeOffset at, string act, string? stage = null, Dictionary<string, string?>? fields = null, string? into = null, string? reason = null) =>
        Agenda.Add(at, () => Act(key, act, null, fields, stage, into, reason));

    /// <summary>Not always whose lead it is.</summary>
    private string Somebody(string act) => Reps[draw.Below(Reps.Length, act)];

    private LeadSpec Lead(string key) => new()
    {
        Key = key,
        Name = $"{Surname} {key}",
        Email = $"{key}@{key}.example",
        JobTitle = Roles[draw.Below(Roles.Length, $"{key}/role")],
        Phone = "+45 20000000",
        Country = "Denmark",
        Company = new()
        {
            Key = $"co-{key}", Name = $"Company {key}", Domain = $"{key}.example", Industry = Industries[draw.Below(Industries.Length, $"{key}/industry")],
            Employees = draw.Chance(0.3, $"{key}/small") ? 4 : 140, Country = "Denmark",
        },
        Stage = draw.Chance(0.1, $"{key}/known") ? "MarketingQualified" : null,
        Owner = draw.Chance(0.7, $"{key}/owned") ? Reps[draw.Below(Reps.Length, key)] : null,
    };
}
