using System.CommandLine;
using System.Globalization;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Worker.Commands;

/// <summary>Which old leads <c>go-live</c> may offer.</summary>
internal sealed class BacklogOptions
{
    private const int Most = 1_000;
    private readonly Option<string> _backlog = new("--backlog") { Description = "What becomes of leads that did enough before: ignore (default) or offer.", HelpName = "ignore|offer", DefaultValueFactory = _ => "ignore" };
    private readonly Option<int?> _newest = new("--newest") { Description = $"With offer: how many leads, those with the newest acts; 1 to {Most}.", HelpName = "N" };
    private readonly Option<string?> _maxAge = new("--max-age") { Description = "With offer: how old the newest act may be; 30d unless told.", HelpName = "30d" };

    public void AddTo(Command command)
    {
        command.Add(_backlog);
        command.Add(_newest);
        command.Add(_maxAge);
    }

    /// <summary>Null: none.</summary>
    /// <exception cref="CommandFailure">The options do not go together, or are out of range.</exception>
    public BacklogWish? Read(ParseResult parsed)
    {
        var (newest, maxAge) = (parsed.GetValue(_newest), parsed.GetValue(_maxAge));
        switch (parsed.GetValue(_backlog))
        {
            case "ignore" when newest is null && maxAge is null:
                return null;
            case "ignore":
                throw Usage("--newest and --max-age choose old leads to offer, and the backlog is ignored.", "Add --backlog offer, or leave them out.");
            case "offer" when newest is >= 1 and <= Most:
                return new(newest.Value, maxAge is null ? TimeSpan.FromDays(30) : Age(maxAge));
            case "offer":
                throw Usage("--backlog offer does not say how many leads.", $"Add --newest N with 1 to {Most}.");
            default:
                throw Usage($"'{parsed.GetValue(_backlog)}' is no backlog.", "Write --backlog ignore or --backlog offer.");
        }
    }

    private static TimeSpan Age(string text)
    {
        var unit = text.EndsWith('d') ? TimeSpan.FromDays(1) : text.EndsWith('h') ? TimeSpan.FromHours(1) : TimeSpan.Zero;
        return unit > TimeSpan.Zero && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 8_760
            ? Min(unit * count, TimeSpan.FromDays(365))
            : throw Usage($"'{text}' is no age.", "Write days or hours, such as 30d or 12h.");
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static CommandFailure Usage(string problem, string repair) => new(ExitCode.Usage, "usage", problem, repair);
}
