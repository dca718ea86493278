namespace CrmSync.Leads.Rules;

/// <summary>
/// A criterion of one score in the order of reading, and by how much it and those after it can still move the sum: down to
/// <paramref name="Least"/>, up to <paramref name="Most"/>. The last of an order has no criterion and moves nothing.
/// </summary>
internal readonly record struct PointsAhead(Criterion? Criterion, OpenPlace Ahead, int Least, int Most)
{
    /// <summary>The criteria of a group that are no request for sales, the heaviest first: they settle a threshold soonest.</summary>
    internal static PointsAhead[] Of(Criterion[] criteria, CriterionGroup group, OpenPoints open)
    {
        var order = new List<PointsAhead> { default };
        foreach (var (i, criterion) in criteria.Index().Where(c => c.Item.Group == group && !c.Item.HandRaise && c.Item.Points != 0).OrderBy(c => Math.Abs(c.Item.Points)))
            order.Add(new(criterion, open.Places[i], order[^1].Least + Math.Min(0, criterion.Points), order[^1].Most + Math.Max(0, criterion.Points)));
        order.Reverse();
        return [.. order];
    }
}
