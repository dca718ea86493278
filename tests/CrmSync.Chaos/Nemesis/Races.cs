using System.Collections.Concurrent;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Chaos.Nemesis;

/// <summary>People who are faster than the product, at the very moments that decide who wins.</summary>
internal sealed class Races(Rig rig, People people, KeyedDraw draw, List<FaultMark> marks)
{
    public const string Raced = "person between read and write";
    public const string Wished = "marketing's wish changed between read and write";
    public const string Unawares = "person after a write whose reply was lost";
    public const string Deleted = "record deleted between read and write";
    public const string Merged = "record merged between read and write";
    public const string Converted = "record converted between read and write";

    private readonly ConcurrentDictionary<string, int> _times = new(StringComparer.Ordinal);

    /// <summary>What marketing wishes of leads now, by id.</summary>
    private readonly Dictionary<string, string> _wishes = [];
    private long _read;

    public void Begin() => (rig.Wires.Answered, rig.Wires.Lost) = (Between, Unheard);

    public void End() => (rig.Wires.Answered, rig.Wires.Lost) = (_ => { }, _ => { });

    /// <summary>After a read, and before the write that it leads to: a person is faster.</summary>
    private void Between(string request)
    {
        var chance = request.EndsWith("as guard", StringComparison.Ordinal) ? rig.Setting.Crm.RaceAfterGuard : request.EndsWith("of facts", StringComparison.Ordinal) ? 0.04 : 0;
        if (Answered() is { Reads: [.., var id] })
            Race(chance, id, request, Raced, Hurried);
    }

    /// <summary>After a write whose reply was lost: a person goes on with what they see, before the product knows of it.</summary>
    private void Unheard(string request)
    {
        if (rig.Setting.Crm.IsWrite(request) && Answered() is { Effects: [.., var effect] })
            Race(0.7, effect.Id, request, Unawares, TakingBack);
    }

    private static string Hurried(KeyedDraw draw, string race) => "SalesQualified";

    /// <summary>Where our stage stands already, somebody may also take the lead back from there.</summary>
    private static string TakingBack(KeyedDraw draw, string race) => draw.Chance(0.7, race) ? "Lead" : "SalesQualified";

    /// <summary>The request that was answered last, or whose answer was lost.</summary>
    private LogEntry? Answered()
    {
        var lines = rig.Control.Log(_read);
        _read = lines is [.., var last] ? last.N : _read;
        var dialect = rig.Setting.Crm.Dialect;
        foreach (var effect in lines.SelectMany(l => l.Effects).Where(e => dialect.FieldOf(e.Field) == CrmFields.Request))
            _wishes[effect.Id] = dialect.ValueOf(CrmFields.Request, effect.After) ?? "";
        return lines.LastOrDefault(l => l.Kind == "request");
    }

    /// <summary>Drawn by lead, kind of request and how often it came for this lead: what happens to others changes nothing of it.</summary>
    private void Race(double chance, string leadId, string request, string name, Func<KeyedDraw, string, string> stageOf)
    {
        var key = people.KeyOf(leadId);
        var turn = _times.AddOrUpdate($"{key}/{request}", 1, (_, n) => n + 1);
        var race = $"race/{key}/{request}/{turn}";
        var (wish, isGuard) = (_wishes.GetValueOrDefault(leadId, ""), name == Raced && request.EndsWith("as guard", StringComparison.Ordinal));
        // Few writes follow a wish, so most of those are raced.
        if (!draw.Chance(wish.Length == 0 ? chance : 3 * chance, race))
            return;
        rig.Clock.Pass(TimeSpan.FromMilliseconds(7));
        var (what, happened) = wish.Length > 0 && draw.Chance(0.6, $"{race}/wish") ? (isGuard ? Wished : name, people.Wish(key, wish == "hold" ? "send" : "hold")) : draw.Below(rig.Setting.Crm.Converts ? 8 : 7, $"{race}/what") switch
        {
            0 or 1 => (name, people.Act(key, "set-stage", stage: stageOf(draw, $"{race}/stage"))),
            2 => (name, people.Act(key, "accept")),
            3 or 4 => (name, people.Act(key, "reject", reason: "no need")),
            5 => (Merged, people.Act(key, "merge", into: people.Another(key, turn))),
            7 => (Converted, people.Act(key, "convert")),
            _ => (Deleted, people.Act(key, draw.Chance(0.5, $"{race}/end") ? "archive" : "delete")),
        };
        rig.Clock.Pass(TimeSpan.FromMilliseconds(7));
        if (happened)
            marks.Add(new(rig.Now, what));
    }
}
