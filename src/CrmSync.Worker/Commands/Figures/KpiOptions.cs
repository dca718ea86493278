using System.CommandLine;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Commands.Figures;

/// <summary>What can be asked of the figures, on the command line.</summary>
internal sealed class KpiOptions
{
    private const int LongestDays = 3_660;

    private readonly Option<string?> _by = new("--by") { Description = "Splits the figures by source, month, owner, policy, segment or connection.", HelpName = "WHAT" };
    private readonly Option<string?> _period = new("--period") { Description = $"Which cohorts: {PeriodText.Expected}.", HelpName = "PERIOD" };
    private readonly Option<int?> _horizon = new("--horizon") { Description = "Days that an MQL is given to become a SAL; 14 without it.", HelpName = "DAYS" };
    private readonly Option<int?> _customerHorizon = new("--customer-horizon") { Description = "Days that a SAL is given to become a customer; by past sales without it.", HelpName = "DAYS" };

    private readonly Option<string?> _cutOff = new("--cut-off") { Description = "Looks at nothing later; without it everything that is in.", HelpName = "INSTANT" };

    public KpiOptions(Command command)
    {
        _by.AcceptOnlyFromAmong("source", "month", "owner", "policy", "segment", "connection");
        command.Add(_by);
        command.Add(_period);
        command.Add(_horizon);
        command.Add(_customerHorizon);
        command.Add(_cutOff);
    }

    public KpiSplit Split(ParseResult parsed) => parsed.GetValue(_by) is { } by ? Enum.Parse<KpiSplit>(by, ignoreCase: true) : KpiSplit.None;

    /// <exception cref="CommandFailure">A period or horizon is none.</exception>
    public KpiQuestion Question(ParseResult parsed, DateTimeOffset cutOff, TimeZoneInfo zone) => new(CutOff(parsed, zone) ?? cutOff)
    {
        Period = parsed.GetValue(_period) is not { } text
            ? default
            : PeriodText.Parse(text, zone) ?? throw new CommandFailure(ExitCode.Usage, "usage", "--period is no period.", $"Give {PeriodText.Expected}."),
        Horizon = Days(parsed, _horizon) ?? KpiQuestion.UsualHorizon,
        CustomerHorizon = Days(parsed, _customerHorizon),
    };

    private DateTimeOffset? CutOff(ParseResult parsed, TimeZoneInfo zone) => parsed.GetValue(_cutOff) is not { } text
        ? null
        : new InstantReader(zone, []).Parse(text) ?? throw new CommandFailure(ExitCode.Usage, "usage", "--cut-off is no instant.", $"Give {InstantReader.Expected}.");

    private static TimeSpan? Days(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) switch
    {
        null => null,
        >= 1 and <= LongestDays and { } days => TimeSpan.FromDays(days),
        _ => throw new CommandFailure(ExitCode.Usage, "usage", $"{option.Name} is out of range.", $"Give 1 to {LongestDays} days."),
    };
}
