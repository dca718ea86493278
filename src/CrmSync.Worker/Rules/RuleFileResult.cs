using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>A rule set, or null with at least one error. <paramref name="Problems"/> are all there are, in file order.</summary>
internal sealed record RuleFileResult(RuleSet? RuleSet, IReadOnlyList<RuleFileProblem> Problems)
{
    /// <summary>The file as it was written, where it is YAML at all.</summary>
    internal YamlMap? Tree { get; init; }
}
