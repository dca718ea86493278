using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>A part of a page, without a word on how it looks. The writers know every kind.</summary>
internal abstract record PageBlock;

/// <summary>A titled part. <paramref name="Id"/>: a word of ours, fit for an address.</summary>
internal sealed record Section(string Id, string Title, IReadOnlyList<PageBlock> Blocks) : PageBlock;

internal sealed record Paragraph(string Text) : PageBlock;

internal sealed record Bullets(IReadOnlyList<Clause> Items) : PageBlock;

/// <summary>Terms that follow on each other.</summary>
internal sealed record StepList(IReadOnlyList<Term> Items) : PageBlock;

/// <summary>Terms in any order: words and meanings, questions and answers.</summary>
internal sealed record Terms(IReadOnlyList<Term> Items) : PageBlock;

/// <summary>The first cell of a row is what the row is about. <paramref name="Numbers"/>: the other columns are figures.</summary>
internal sealed record PlainTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, bool Numbers = false) : PageBlock;

/// <summary>Criteria with their conditions. Three columns, or two where no criterion has points.</summary>
internal sealed record CriteriaTable(IReadOnlyList<string> Columns, IReadOnlyList<CriterionRow> Rows) : PageBlock;

/// <summary><paramref name="Points"/> and <paramref name="Note"/> (how they fade) may be null.</summary>
internal sealed record CriterionRow(string Title, Clause When, string? Points, string? Note);

/// <summary>A text shown as it is, line by line.</summary>
internal sealed record Framed(string Text) : PageBlock;

/// <summary>Room to sign: a box for each party, with the same lines to fill in.</summary>
internal sealed record SignatureBoxes(IReadOnlyList<string> Parties, IReadOnlyList<string> Lines) : PageBlock;

/// <summary>A whole page. <paramref name="About"/>: what it is about, each with one value or several.</summary>
internal sealed record AgreementPage(
    string Language, string Title, string Subtitle, IReadOnlyList<(string Label, IReadOnlyList<string> Values)> About, IReadOnlyList<Section> Sections);
