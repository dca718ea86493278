using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Reports;

/// <summary>A finding as scripts read it. <paramref name="Value"/>: what the fact holds, or how many acts were seen; null if unknown.</summary>
internal sealed record FindingDocument(string Criterion, CriterionGroup Group, CriterionResult Result, int Points, object? Value, DateTimeOffset? SeenAt)
{
    public static FindingDocument Of(Finding finding) => new(
        finding.Criterion, finding.Group, finding.Result, finding.Points, finding.Count is { } count ? count : ValueOf(finding.Value), finding.SeenAt);

    private static object? ValueOf(FactValue value) => !value.IsKnown ? null : value.Type switch
    {
        FactType.Text => value.Text,
        FactType.Number => value.Number,
        FactType.Flag => value.Flag,
        FactType.Instant => value.Instant,
        FactType.Choices => value.Choices,
        FactType.Bant => value.Bant,
        _ => value.Engagement.Acts.Sum(act => (long)act.Count),
    };
}
