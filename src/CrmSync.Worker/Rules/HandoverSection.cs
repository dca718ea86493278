using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>What the two departments agreed on beside the criteria.</summary>
internal sealed record HandoverSettings(MqlSource MqlFrom, SilencePolicy Silence, AcceptSettings Accept, CoolOffSettings CoolOff);

/// <summary>Reads <c>handover:</c> and <c>signed:</c>.</summary>
internal static class HandoverSection
{
    internal static readonly string[] Keys = ["mqlFrom", "silence", "acceptOn", "coolOff"];

    internal static HandoverSettings Read(MapReader file)
    {
        if (file.Map("handover", Keys) is not { } map)
            return new(MqlSource.Both, SilencePolicy.ReturnToMarketing, new(), new());
        return new(
            map.Choice("mqlFrom", MqlSource.Both, ("both", MqlSource.Both), ("rules", MqlSource.Rules), ("crm", MqlSource.Crm)),
            map.Choice("silence", SilencePolicy.ReturnToMarketing, ("return", SilencePolicy.ReturnToMarketing), ("accept", SilencePolicy.Accept), ("wait", SilencePolicy.Wait)),
            new(map.Choice("acceptOn", false, ("answer", false), ("action", true))),
            CoolOff(map.Map("coolOff", ["badTiming", "other"])));
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
