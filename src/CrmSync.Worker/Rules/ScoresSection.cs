using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>scores:</c>, where each score ends and how fast its points fade.</summary>
internal sealed class ScoresSection
{
    private readonly Dictionary<CriterionGroup, decimal?> _halfLives = [];

    internal ScoresSection(MapReader file)
    {
        var scores = file.Map("scores", ["fit", "interest"]);
        Caps = new(Read(scores, "fit", CriterionGroup.Fit), Read(scores, "interest", CriterionGroup.Interest));
    }

    internal ScoreCaps Caps { get; }

    /// <summary>In days, for criteria that say nothing else; null: points do not fade.</summary>
    internal decimal? HalfLife(CriterionGroup? group) => group is { } known ? _halfLives.GetValueOrDefault(known) : null;

    /// <summary>The half-life of a map that has one, in days.</summary>
    internal static decimal? Days(MapReader map) => map.Find("halfLife") is YamlText { Value: "none" }
        ? null
        : Spans.Read(map, "halfLife") is { } span ? (decimal)span.Ticks / TimeSpan.TicksPerDay : null;

    private int Read(MapReader? scores, string key, CriterionGroup group)
    {
        var map = scores?.Map(key, ["cap", "halfLife"]);
        _halfLives[group] = map is null ? null : Days(map);
        return map?.Integer("cap", 1, 100) ?? 100;
    }
}
