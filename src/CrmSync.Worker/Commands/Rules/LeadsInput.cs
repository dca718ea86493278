using System.CommandLine;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Commands.Rules;

/// <summary>The options that name a CSV of leads, and the walk through it.</summary>
internal sealed class LeadsInput
{
    private readonly CommandWorld _world;
    private readonly Option<string?> _leads = new("--leads") { Description = "The leads, a CSV.", HelpName = "FILE" };
    private readonly Option<string?> _mapping = new("--mapping") { Description = "What its columns mean, a YAML file.", HelpName = "FILE" };
    private readonly bool _required;

    /// <param name="required">The command can do nothing without leads from a file.</param>
    public LeadsInput(CommandWorld world, Command command, bool required)
    {
        (_world, _required) = (world, required);
        (_leads.Required, _mapping.Required) = (required, required);
        command.Add(_leads);
        command.Add(_mapping);
    }

    /// <summary>Leads of a file are asked for.</summary>
    public bool IsGiven(ParseResult parsed) => _required || parsed.GetValue(_leads) is not null || parsed.GetValue(_mapping) is not null;

    /// <summary>Judges every lead that can be read; answers the rows that could not be.</summary>
    /// <param name="outcome">The column with the outcome, instead of the mapping's.</param>
    /// <exception cref="LeadFileException">File or mapping are wrong.</exception>
    public BadRows Each(ParseResult parsed, IReadOnlyList<RuleSet> rules, Action<LeadRow> judge, CancellationToken cancellationToken, string? outcome = null)
    {
        if (parsed.GetValue(_leads) is not { } leads || parsed.GetValue(_mapping) is not { } file)
            throw new CommandFailure(ExitCode.Usage, "usage", "Leads and their mapping go together.", "Name both --leads and --mapping.");
        var mapping = LeadMappingFile.Load(file, rules);
        if (outcome is not null)
            mapping = mapping with { Outcome = mapping.Outcome with { Header = outcome } };
        TellOfUndated(mapping, rules);
        using var csv = LeadCsv.Open(leads, mapping, Catalogue(rules), _world.Clock.GetUtcNow());
        var progress = new LeadsProgress(_world.Error);
        foreach (var row in csv.Rows(cancellationToken))
        {
            judge(row);
            progress.Tell(csv.Share);
        }
        return csv.Bad;
    }

    private void TellOfUndated(LeadMapping mapping, IReadOnlyList<RuleSet> rules)
    {
        foreach (var fact in mapping.Undated)
            if (rules.Any(set => set.EveryCriterion.Any(criterion => criterion.HalfLifeDays is not null && criterion.When.Slots.Contains(set.Catalogue.SlotOf(fact)))))
                _world.Error.WriteLine($"Note: no column tells when {fact} was last done, so its points do not fade. Map one with as: lastAt.");
    }

    /// <summary>Says which rows were left out.</summary>
    public void Print(BadRows bad)
    {
        if (bad.Twice > 0)
            _world.Error.WriteLine($"Note: {TextTable.Count(bad.Twice, "row")} {(bad.Twice == 1 ? "names" : "name")} a lead that came before; each row is judged by itself.");
        if (bad.Count == 0)
            return;
        _world.Error.WriteLine($"{TextTable.Count(bad.Count, "row")} could not be read and {(bad.Count == 1 ? "is" : "are")} left out:");
        foreach (var row in bad.First)
            _world.Error.WriteLine($"  line {row.Line}{(row.Column is { } column ? $", {column}" : "")}: {row.Message}");
        if (bad.Count > bad.First.Count)
            _world.Error.WriteLine($"  ... and {bad.Count - bad.First.Count} more.");
    }

    private static FactCatalogue Catalogue(IReadOnlyList<RuleSet> rules) => rules.Skip(1).Aggregate(
        rules[0].Catalogue, (all, more) => all.With(more.Catalogue.Definitions.Where(definition => all.SlotOf(definition.Name) < 0)));
}
