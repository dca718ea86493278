using System.Globalization;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>The criteria agreement of a rule set: a page made from the rules alone, so that it is the same whenever it is made.</summary>
internal static class AgreementBuilder
{
    /// <summary><paramref name="language"/>: <c>da</c>, or English for anything else.</summary>
    internal static AgreementPage Of(RuleSet rules, string language)
    {
        var text = new AgreementText(rules, language);
        return new(text.Language, text.Title, $"{rules.Name} · {text.Parties}", About(rules, text),
        [
            Purpose(text),
            Glossary(rules, text),
            CriteriaSections.Of(rules, text),
            GateSection.Of(rules, text),
            .. PolicySection.Of(rules, text),
            After(rules, text),
            Answers(rules, text),
            ExampleSection.Of(rules, text),
            new("questions", text.Questions, [new Terms(DisputeText.Of(rules, text.Language))]),
            Signatures(rules, text),
            .. CriteriaSections.Names(rules, text),
        ]);
    }

    private static IReadOnlyList<(string, IReadOnlyList<string>)> About(RuleSet rules, AgreementText text)
    {
        var signed = SignatureText.Of(rules, text.Language).Select(signature => signature.Text).ToList();
        return [
            (text.RuleSet, [rules.Name]),
            (text.Version, [rules.Version.ToString(CultureInfo.InvariantCulture)]),
            (text.Effective, [text.Date(rules.Effective)]),
            (text.Content, [rules.AgreementHash[..SignatureText.ShortHash]]),
            (text.SignedBy, signed.Count > 0 ? signed : [text.SignedByNobody])];
    }

    private static Section Purpose(AgreementText text) =>
        new("purpose", text.Purpose, [new Paragraph(text.PurposeBody), new StepList(GlossaryText.Levels(text.Language))]);

    private static Section Glossary(RuleSet rules, AgreementText text) =>
        new("glossary", text.Glossary, [new Terms(GlossaryText.Others(rules, text.Language))]);

    private static Section After(RuleSet rules, AgreementText text) => new("after", text.After,
    [
        new Bullets(PromiseText.Of(rules, text.Language)),
        new Section("deadline", text.AfterExamples, [new Bullets(PromiseText.Examples(rules, ExampleTime.FridayAfternoon(rules), text.Language))]),
    ]);

    private static Section Answers(RuleSet rules, AgreementText text)
    {
        var outcomes = AnswerText.Of(rules, text.Language);
        return new("answers", text.Answers,
        [
            new Paragraph(text.AnswersBody),
            new PlainTable([text.Answer, text.Outcome], [.. outcomes.Select(outcome => (IReadOnlyList<string>)[outcome.Answers, outcome.Outcome])]),
        ]);
    }

    private static Section Signatures(RuleSet rules, AgreementText text)
    {
        var signed = SignatureText.Of(rules, text.Language);
        List<PageBlock> blocks = [new Paragraph(text.SignaturesBody)];
        if (signed.Count > 0)
            blocks.Add(new Bullets(signed));
        blocks.Add(new Paragraph($"{text.SignedContent}: {rules.AgreementHash}"));
        blocks.Add(new SignatureBoxes(text.Departments, text.SignatureLines));
        return new("signatures", text.Signatures, blocks);
    }
}
