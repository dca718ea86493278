using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>The figures that the product prints are those that the CRM's own log gives.</summary>
internal sealed class KpisTrue : IInvariant
{
    public string Id => "kpis";

    public string Promise =>
        "MQL to SAL, SAL to customer and the time between, with their counts, are those of the CRM's log: to the last digit that is printed where the log leaves no doubt, and within what it allows otherwise.";

    public IEnumerable<Violation> Check(RunHistory history) => ComparedFigures.Of(history).Where(figure => !figure.IsTrue).Select(figure => new Violation(Id, figure.ToString()));
}
