using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Review;

/// <summary>Looks at who has agreed to the file as it stands, and from when it holds.</summary>
internal static class AgreementReview
{
    private static readonly (string Name, string[] Words)[] Departments = [("marketing", ["market"]), ("sales", ["sale", "salg"])];

    internal static void Review(YamlMap tree, RuleSet rules, DateOnly today, ReviewNotes notes)
    {
        if (rules.Effective > today)
            notes.Warn(tree.Nearest("effective"), $"The date lies {rules.Effective.DayNumber - today.DayNumber} days ahead, but the rules hold as soon as the worker reads them.", "Put the file in place on that day, or correct the date.");
        var signed = Departments.Where(department => rules.CurrentSignatures.Any(signature => Is(signature, department.Words))).Select(department => department.Name).ToList();
        foreach (var signature in rules.OutdatedSignatures)
            notes.Warn(At(tree, signature), signature.Hash is null
                ? $"{signature.By} ({signature.Department}) signed without a hash: nobody can tell what."
                : $"{signature.By} ({signature.Department}) signed other content and must sign again.", $"Raise 'version' if the rules changed, and write hash: {rules.AgreementHash}.");
        var open = Departments.Select(department => department.Name).Except(signed).ToList();
        if (rules.SignedBy.Count == 0)
            notes.Note(tree.Nearest("signed"), "Neither marketing nor sales has signed these rules.", $"Add under 'signed:' {Line(rules, today)}");
        else if (open.Count > 0 && !rules.OutdatedSignatures.Any())
            notes.Warn(tree.Nearest("signed"), $"{string.Join(" and ", open)} {(open.Count == 1 ? "has" : "have")} not signed these rules.", $"Add under 'signed:' {Line(rules, today)}");
    }

    /// <summary>What to add under <c>signed:</c>.</summary>
    internal static string Line(RuleSet rules, DateOnly today) =>
        $"- {{ by: NAME, department: marketing, on: {today:yyyy-MM-dd}, hash: {rules.AgreementHash} }}";

    private static bool Is(Signature signature, string[] words) =>
        words.Any(word => signature.Department.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static YamlNode At(YamlMap tree, Signature signature) => tree.MapsAt("signed")
        .FirstOrDefault(map => map.TextAt("by") == signature.By && map.TextAt("department") == signature.Department && map.TextAt("hash") == signature.Hash)
        ?? tree.Nearest("signed");
}
