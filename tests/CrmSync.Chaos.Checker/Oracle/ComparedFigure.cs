using System.Globalization;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>A figure as the product tells it, and between what the CRM's log has it. Null: so few that none is told.</summary>
/// <param name="What">Its id, and which of its numbers.</param>
public sealed record ComparedFigure(string What, decimal? Told, decimal? Least, decimal? Most)
{
    /// <summary>The log leaves no choice.</summary>
    public bool IsExact => Least == Most;

    public bool IsTrue => Told is { } told ? told >= Least && told <= Most : Least is null;

    /// <summary>The leads that are counted for sure.</summary>
    public IReadOnlyList<string> Leads { get; init; } = [];

    public override string ToString() =>
        $"the product tells {Text(Told)} for {What}; the CRM's log gives {Text(Least)}{(IsExact ? "" : $" to {Text(Most)}")}{(Leads.Count > 0 ? $": {string.Join(", ", Leads)}" : "")}";

    private static string Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
