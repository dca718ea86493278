using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>What the two departments agreed on beside the criteria.</summary>
internal sealed record HandoverSettings(MqlSource MqlFrom, AcceptSettings Accept, CoolOffSettings CoolOff)
{
    public SilencePolicy Silence { get; init; }
    public string? EscalateTo { get; init; }
    public WorkingTime? Dispute { get; init; }
}

/// <summary>Reads <c>handover:</c> and <c>signed:</c>.</summary>
internal static class HandoverSection
{
    internal static readonly string[] Keys = ["mqlFrom", "silence", "escalateTo", "acceptOn", "coolOff", "dispute"];

    /// <summary>The keys that once stood under <c>policies</c>.</summary>
    internal static readonly string[] Moved = ["mqlFrom", "silence", "acceptOn", "coolOff"];

    internal static HandoverSettings Read(MapReader file)
    {
        if (file.Map("handover", Keys) is not { } map)
            return new(MqlSource.Both, new(), new());
        var silence = map.Choice(
            "silence", SilencePolicy.ReturnToMarketing,
            ("return", SilencePolicy.ReturnToMarketing), ("accept", SilencePolicy.Accept), ("wait", SilencePolicy.Wait), ("escalate", SilencePolicy.Escalate),
            ("reassign", SilencePolicy.Reassign));
        if (silence == SilencePolicy.Escalate && !map.Has("escalateTo"))
            map.Problems.Error(map.Find("silence")!, "Nobody is named to whom silence is escalated.", "Add escalateTo: the CRM's id of a user.");
        return new(
            map.Choice("mqlFrom", MqlSource.Both, ("both", MqlSource.Both), ("rules", MqlSource.Rules), ("crm", MqlSource.Crm)),
            AcceptOn(map),
            CoolOff(map.Map("coolOff", ["badTiming", "other"])))
        {
            Silence = silence,
            EscalateTo = map.Text("escalateTo"),
            Dispute = Spans.Working(map, "dispute"),
        };
    }

    /// <summary>One word or a list. The written answer counts always; "action" stands for all the others.</summary>
    private static AcceptSettings AcceptOn(MapReader map)
    {
        var accept = new AcceptSettings();
        foreach (var word in map.Texts("acceptOn"))
        {
            if (accept.With(word.Value) is { } more)
                accept = more;
            else
                map.Problems.Error(word, $"'acceptOn' must be one of {string.Join(", ", AcceptSettings.Words)}.", Spelling.Suggest(word.Value, AcceptSettings.Words));
        }
        return accept;
    }

    internal static IReadOnlyList<Signature> Signed(MapReader file)
    {
        var signatures = new List<Signature>();
        foreach (var node in file.Items("signed"))
        {
            if (node is not YamlMap map)
            {
                file.Problems.Error(node, "A signature must be a map.", "Write - { by: ..., department: ..., on: ... }.");
                continue;
            }
            var reader = new MapReader(map, file.Problems, "A signature", ["by", "department", "on", "hash"]);
            var (by, department) = (reader.Text("by", required: true), reader.Text("department", required: true));
            if (by is not null && department is not null)
                signatures.Add(new(by, department, reader.Text("on"), reader.Text("hash")));
        }
        return signatures;
    }

    private static CoolOffSettings CoolOff(MapReader? map)
    {
        var usual = new CoolOffSettings();
        return map is null ? usual : new(Days(map, "badTiming") ?? usual.BadTimingDays, Days(map, "other") ?? usual.OtherDays);
    }

    private static int? Days(MapReader map, string key) => Spans.Read(map, key) is { } span ? (int)Math.Ceiling(span.TotalDays) : null;
}
