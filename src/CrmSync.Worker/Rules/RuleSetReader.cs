using System.Globalization;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads the root of a rule file, section by section; each section adds its own problems and goes on.</summary>
internal static class RuleSetReader
{
    private const int Schema = 1;

    private static readonly string[] Keys =
    [
        "schema", "name", "version", "effective", "languages", "signed", "facts", "aliases", "criteria", "scores", "gates",
        "policies", "handover", "assign", "sla",
    ];

    internal static RuleSet? Read(YamlNode root, string hash, ProblemList problems)
    {
        if (root is not YamlMap map)
        {
            problems.Error(root, "A rule file must be a map.", "Start from the shipped sal-rules.yaml.");
            return null;
        }
        var file = new MapReader(map, problems, "A rule file", Keys);
        file.Integer("schema", Schema, Schema, required: true);
        var languages = Languages(file);
        var facts = FactsSection.Read(file);
        var catalogue = facts.Count == 0 ? FactCatalogue.BuiltIn : FactCatalogue.BuiltIn.With(facts.Select(fact => fact.Definition));
        var aliases = AliasesSection.Read(file, catalogue);
        var conditions = new ConditionReader(catalogue, aliases, problems, FactsSection.Broken(file, facts));
        var scores = new ScoresSection(file);
        var criteria = new CriteriaSection(file, conditions, languages, scores).Read();
        var (usual, policies) = new PoliciesSection(file, conditions, criteria, new GatesSection(file, criteria, catalogue), scores.Caps).Read();
        var (handover, assign) = (HandoverSection.Read(file), new AssignSection(file, conditions).Read());
        if (handover.Silence == SilencePolicy.Reassign && !assign.People.Any())
            problems.Error(file.Find("handover")!, "Nobody is named to whom an unanswered offer could go.", "Add assign: { people: [id, id] }, or a fallback.");
        return new RuleSet
        {
            Schema = Schema,
            Name = file.Text("name", required: true) ?? "",
            Version = file.Integer("version", 1, 1_000_000, required: true) ?? 0,
            Effective = Effective(file),
            Hash = hash,
            AgreementHash = AgreementDigest.Of(map),
            Languages = languages,
            Facts = facts,
            Catalogue = catalogue,
            Aliases = aliases,
            Default = usual,
            Policies = policies,
            CoolOff = handover.CoolOff,
            Sla = SlaOf(file, handover),
            Assign = assign,
            MqlFrom = handover.MqlFrom,
            Accept = handover.Accept,
            SignedBy = HandoverSection.Signed(file),
        };
    }

    private static SlaSettings SlaOf(MapReader file, HandoverSettings handover)
    {
        var sla = SlaSection.Read(file, handover.Silence);
        return sla with { EscalateTo = handover.EscalateTo, Dispute = handover.Dispute ?? sla.Dispute };
    }

    private static List<string> Languages(MapReader file)
    {
        var languages = new List<string>();
        foreach (var language in file.Texts("languages", required: true))
        {
            if (LocalTexts.Languages.Contains(language.Value))
                languages.Add(language.Value);
            else
                file.Problems.Error(language, $"The language '{language.Value}' is not known.", $"Known are: {string.Join(", ", LocalTexts.Languages)}.");
        }
        return languages;
    }

    private static DateOnly Effective(MapReader file)
    {
        if (file.Text("effective", required: true) is not { } text)
            return default;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            file.Problems.Error(file.Find("effective")!, "'effective' must be a date.", "Write 2026-11-01.");
        return date;
    }
}
