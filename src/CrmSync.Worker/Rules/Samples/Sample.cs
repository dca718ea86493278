using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Samples;

/// <summary>A complete rule set of one kind of company and its cases, as shipped inside the program.</summary>
internal sealed class Sample
{
    private Sample(string name)
    {
        (Name, RulesText, CasesText) = (name, Text($"{name}.yaml"), Text($"{name}.cases.yaml"));
        Rules = RuleFile.Parse(RulesText, $"{name}.yaml").RuleSet ?? throw new InvalidOperationException($"The sample '{name}' is broken.");
    }

    /// <summary>What the samples are called, and whom each is for.</summary>
    internal static IReadOnlyList<(string Name, string For)> All { get; } =
    [
        ("saas", "software by subscription, tried before it is bought"),
        ("manufacturing", "machines and equipment for factories: few leads, long projects"),
        ("services", "advice and services, much of it to the public sector"),
    ];

    internal string Name { get; }

    /// <summary>The files as they lie in the program, with their slots marked; see <see cref="SlotText"/>.</summary>
    internal string RulesText { get; }

    internal string CasesText { get; }
    internal RuleSet Rules { get; }

    /// <exception cref="InvalidOperationException">No sample has this name.</exception>
    internal static Sample Open(string name) => new(name);

    private static string Text(string file)
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"There is no sample {file}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
