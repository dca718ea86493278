using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>
/// Reads what somebody did: a complete list of acts, each an instant or <c>{ at, count, detail }</c>; or, for a CRM that keeps
/// counters only, <c>{ acts, total, last, completeSince }</c>.
/// </summary>
internal sealed class ActsReader(ProblemList problems)
{
    private const int MostActs = 100_000;
    private static readonly string[] Keys = ["acts", "total", "last", "completeSince"];
    private static readonly string[] ActKeys = ["at", "count", "detail"];

    private sealed record GivenAct(CaseInstant At, int Count, string? Detail);

    internal Func<DateTimeOffset, FactValue> Read(YamlNode node, string fact) => node switch
    {
        YamlMap map => Partly(new MapReader(map, problems, $"'{fact}'", Keys)),
        YamlList list => Fully([.. list.Items.Select(Act).OfType<GivenAct>()]),
        _ => Fully([.. new[] { node }.Select(Act).OfType<GivenAct>()]),
    };

    private static Func<DateTimeOffset, FactValue> Fully(IReadOnlyList<GivenAct> acts) => judged =>
    {
        var known = Sorted(acts, judged);
        return FactValue.Of(new Engagement { Acts = known, CompleteSince = DateTimeOffset.MinValue, LastAt = known.Count == 0 ? null : known[^1].At });
    };

    private Func<DateTimeOffset, FactValue> Partly(MapReader map)
    {
        IReadOnlyList<GivenAct> acts = [.. map.Items("acts").Select(Act).OfType<GivenAct>()];
        var total = map.Integer("total", 0, int.MaxValue);
        var last = map.Find("last") is { } lastNode ? CaseInstant.Read(lastNode, problems) : null;
        var since = map.Find("completeSince") is { } sinceNode ? CaseInstant.Read(sinceNode, problems) : null;
        return judged => FactValue.Of(new Engagement
        {
            Acts = Sorted(acts, judged), Total = total, LastAt = last?.Before(judged), CompleteSince = since?.Before(judged),
        });
    }

    private GivenAct? Act(YamlNode node)
    {
        if (node is not YamlMap map)
            return CaseInstant.Read(node, problems) is { } plain ? new(plain, 1, null) : null;
        var reader = new MapReader(map, problems, "An act", ActKeys);
        var count = reader.Integer("count", 1, MostActs) ?? 1;
        var detail = reader.Text("detail");
        return reader.Require("at") is { } at && CaseInstant.Read(at, problems) is { } moment ? new(moment, count, detail) : null;
    }

    // The engine takes the oldest first; people write the newest first as often as not.
    private static IReadOnlyList<EngagementAct> Sorted(IReadOnlyList<GivenAct> acts, DateTimeOffset judged) =>
        [.. acts.Select(act => new EngagementAct(act.At.Before(judged), act.Count, act.Detail)).OrderBy(act => act.At)];
}
