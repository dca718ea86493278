using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>Reads <c>coolOff: { since, lasts }</c>: when sales said no, and for how long the lead is left alone (a length, or <c>forever</c>).</summary>
internal static class CoolOffReader
{
    private static readonly string[] Keys = ["since", "lasts"];

    internal static CoolOffPeriod? Read(MapReader reader, DateTimeOffset judged)
    {
        if (reader.Map("coolOff", Keys) is not { } map)
            return null;
        var since = map.Require("since") is { } node ? CaseInstant.Read(node, map.Problems)?.Before(judged) : null;
        var forever = map.Find("lasts") is YamlText { Value: "forever" };
        var lasts = forever ? null : Spans.Read(map, "lasts", required: true);
        return since is not { } from || (lasts is null && !forever) ? null : new(from, from + lasts);
    }
}
