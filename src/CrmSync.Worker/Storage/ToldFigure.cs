namespace CrmSync.Worker.Storage;

/// <summary>One of the three KPIs over all cohorts, as it was told.</summary>
/// <param name="CutOff">Up to when the data were in.</param>
/// <param name="HorizonDays">How long a SAL was given to become a customer.</param>
public sealed record ToldFigure(DateTimeOffset CutOff, string Id, int HorizonDays, int? Numerator, int N, int Open, decimal? Value);

/// <summary>Keeps what was told.</summary>
public interface IToldFigures
{
    /// <summary>Figures of a cut-off that is there already are left as they are.</summary>
    Task TellAsync(IReadOnlyList<ToldFigure> figures, CancellationToken cancellationToken);
}
