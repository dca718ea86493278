using System.Globalization;
using System.Text;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Reads the mapping of a CSV from YAML; errors carry line and column.</summary>
internal static class LeadMappingFile
{
    private const int MaxBytes = 256 * 1024;
    private const int Windows = 1252;

    private static readonly string[] Keys =
        ["columns", "delimiter", "encoding", "decimal", "zone", "dates", "lists", "id", "judgedAt", "at", "unmapped", "outcome"];

    /// <exception cref="LeadFileException">The file is not there, or no mapping onto the facts of these rules.</exception>
    internal static LeadMapping Load(string path, IReadOnlyList<RuleSet> rules) => Read(SmallFile.Read(path, MaxBytes), path, rules);

    /// <param name="rules">The rule sets to be tried; a column may tell of a fact of any of them.</param>
    /// <exception cref="LeadFileException">This is no mapping onto the facts of these rules.</exception>
    internal static LeadMapping Read(byte[] bytes, string name, IReadOnlyList<RuleSet> rules)
    {
        var problems = new ProblemList(name);
        var text = YamlBytes.Text(bytes);
        if (string.IsNullOrWhiteSpace(text))
            problems.Error(1, 1, text is null ? "The file is not UTF-8." : "The file is empty.", "A mapping needs 'columns:'.");
        else if (YamlTree.Read(text, problems) is { } root)
        {
            if (root is YamlMap map && Read(new MapReader(map, problems, "A mapping", Keys), name, rules) is var mapping && !problems.HasErrors)
                return mapping;
            if (root is not YamlMap)
                problems.Error(root, "A mapping must be a map.", "Write columns: { Industry: company.industry }.");
        }
        throw new LeadFileException(
            LeadFileFault.Mapping, [.. problems.Sorted.Select(p => new LeadFileProblem($"{p.File}:{p.Line}:{p.Column}", p.Message, p.Repair))]);
    }

    private static LeadMapping Read(MapReader file, string name, IReadOnlyList<RuleSet> rules)
    {
        var instants = new InstantReader(Zone(file, rules[0]), Dates(file));
        return new()
        {
            File = name,
            Columns = new ColumnsSection(file, rules).Read(),
            Delimiter = file.Choice("delimiter", ';', (";", ';'), (",", ','), ("tab", '\t'), ("\t", '\t'), ("|", '|')),
            Encoding = file.Choice("encoding", Encoding.UTF8, ("utf-8", Encoding.UTF8), ("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(Windows)!)),
            Decimal = file.Choice("decimal", ',', (",", ','), (".", '.')),
            Lists = file.Text("lists") ?? ";",
            Instants = instants,
            Id = file.Text("id"),
            JudgedAt = file.Text("judgedAt"),
            At = At(file, instants),
            UnmappedIsNever = file.Choice("unmapped", false, ("never", true), ("unknown", false)),
            Outcome = OutcomeSection.Read(file),
        };
    }

    private static TimeZoneInfo Zone(MapReader file, RuleSet rules)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(file.Text("zone") ?? rules.Sla.Zone, out var zone))
            return zone;
        file.Problems.Error(file.Find("zone") ?? file.At, "'zone' is no time zone this machine knows.", "Use an IANA name such as Europe/Copenhagen.");
        return TimeZoneInfo.Utc;
    }

    private static List<string> Dates(MapReader file)
    {
        var formats = new List<string>();
        foreach (var format in file.Texts("dates"))
        {
            if (IsFormat(format.Value))
                formats.Add(format.Value);
            else
                file.Problems.Error(format, $"'{format.Value}' is no date format.", "Write dd-MM-yyyy or dd-MM-yyyy HH:mm; MM is the month, mm the minute.");
        }
        return formats;
    }

    // A format that cannot read what it wrote would read nothing else either.
    private static bool IsFormat(string format)
    {
        var sample = new DateTime(2031, 12, 23, 0, 0, 0, DateTimeKind.Unspecified);
        try
        {
            return DateTime.TryParseExact(sample.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
                && read.Date == sample;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static DateTimeOffset? At(MapReader file, InstantReader instants)
    {
        if (file.Text("at") is not { } text)
            return null;
        var at = instants.Parse(text);
        if (at is null)
            file.Problems.Error(file.Find("at")!, $"'at' must be {InstantReader.Expected}.");
        return at;
    }
}
