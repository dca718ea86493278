using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>The worked examples.</summary>
internal static class ExampleSection
{
    internal static Section Of(RuleSet rules, AgreementText text)
    {
        var examples = new WorkedExamples(rules, text.Language).All();
        if (examples.Count == 0)
            return new("examples", ExampleText.Title(text.Language), [new Paragraph(ExampleText.Impossible(text.Language))]);
        return new("examples", ExampleText.Title(text.Language),
            [new Paragraph(ExampleText.Body(text.Language)), .. examples.Select(example => Show(example, text.Language))]);
    }

    private static Section Show(Example example, string language)
    {
        List<PageBlock> blocks = [];
        if (example.Known.Count > 0)
            blocks.AddRange([new Paragraph(ExampleText.Given(language)), new Bullets(example.Known)]);
        blocks.Add(new Framed(example.Text));
        return new(example.Id, example.Title, blocks);
    }
}
