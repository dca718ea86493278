using System.Text;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.LeadFiles;
using CsCheck;

namespace CrmSync.Tests.Rules.LeadFiles;

/// <summary>Whatever a file holds, the readers throw nothing but their own errors, and what they read can be judged.</summary>
public sealed class LeadFilesFuzzTests
{
    private const int Inputs = 4_000;

    private static readonly Gen<string> Scrap = Among(
        "{", "}", "[", "]", ":", ",", "\"", "\"at\"", "\"facts\"", "\"company.employees\"", "\"engagement.pageView\"", "\"person.buyingRole\"", "\"bant.need\"", "\"met\"",
        "\"count\"", "\"detail\"", "\"total\"", "\"lastAt\"", "\"2026-11-20\"", "\"9999-12-31T23:59:59-14:00\"", "\"1900-01-01\"", "1e400", "-1", "9007199254740993", "1e-400", "null", "true",
        "\"\\ud800\"", "\"\\u0000\"", "NaN", " ", "\n", "/*", "\u0000", "ø", "\U0001F600");

    private static readonly Gen<string> MapScrap = Among(
        "columns:", "\n", "\n  ", "a: ", "b: ", "company.industry", "company.employees", "engagement.pageView", "{ fact: engagement.pageView, count: 30d }", "{", "}", "[", "]", "&a ", "*a", "!!x ",
        "outcome: { column: a }", "id: a", "judgedAt: b", "at: 2026-11-23", "dates: [", "yyyy", "'", "\"", "delimiter: ','", "unmapped: never", "decimal: '.'", "\t", "- ", "# ", "%", "zone: UTC");

    private static readonly Gen<string> Cell = Gen.OneOf(
        Among("", "\"", "\"\"", ";", "\n", "\r\n", "1", "1.250,5", "-1", "1e400", "NaN", "=1+1", "23-11-2026", "0001-01-01", "9999-12-31T23:59:59-14:00", "\uFFFD", "\u0000", "ja", "Kunde", "999999999999999999999999999999"),
        Gen.String[0, 20]);

    private static readonly LeadMapping Mapping = LeadMappingFile.Read("""
        id: a
        judgedAt: b
        unmapped: never
        columns:
          c: company.employees
          d: person.buyingRole
          e: { fact: engagement.pageView, count: 30d, empty: never }
          f: engagement.pageView
          g: { fact: engagement.pageView, as: total }
          h: consent.optedOut
          i: bant.need
          j: person.email
        outcome: { column: k }
        """u8.ToArray(), "map.yaml", [RuleSamples.Shipped]);

    [Fact]
    public void Json_of_any_bytes() => Gen.OneOf(
            Scrap.Array[0, 30].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))),
            Scrap.Array[0, 12].Select(parts => Encoding.UTF8.GetBytes($"{{ \"at\": \"2026-11-23\", \"facts\": {{ {string.Join(",", parts.Chunk(2).Select(pair => string.Join(':', pair)))} }} }}")),
            Gen.Byte.Array[0, 60])
        .Sample(bytes => OwnErrorsOnly(() => Judge(LeadJson.Read(bytes, "lead.json", RuleSamples.Shipped.Catalogue, RuleSamples.Copenhagen))), iter: Inputs);

    [Fact]
    public void Mappings_of_any_bytes() => Gen.OneOf(MapScrap.Array[0, 20].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))), Gen.Byte.Array[0, 60])
        .Sample(bytes => OwnErrorsOnly(() => LeadMappingFile.Read(bytes, "map.yaml", [RuleSamples.Shipped])), iter: Inputs);

    [Fact]
    public void Rows_of_any_cells() => Gen.OneOf(
            Cell.Array[11].Array[0, 4].Select(rows => Encoding.UTF8.GetBytes("a;b;c;d;e;f;g;h;i;j;k\n" + string.Join('\n', rows.Select(row => string.Join(';', row))))),
            Gen.Byte.Array[0, 200])
        .Sample(bytes => OwnErrorsOnly(() =>
        {
            using var csv = LeadCsv.Open(new MemoryStream(bytes), "leads.csv", Mapping, RuleSamples.Shipped.Catalogue, RuleSamples.Judged);
            foreach (var row in csv.Rows(default))
                RuleEngine.Evaluate(RuleSamples.Shipped, row.Facts, new(row.At));
        }), iter: Inputs);

    private static Gen<string> Among(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static void Judge(JsonLead lead) => RuleEngine.Evaluate(RuleSamples.Shipped, lead.Facts, new(lead.At ?? RuleSamples.Judged));

    // Any other exception fails the sample.
    private static void OwnErrorsOnly(Action read)
    {
        try
        {
            read();
        }
        catch (LeadFileException own)
        {
            Assert.All(own.Problems, problem => Assert.True(problem.Where.Length > 0 && problem.Message.Length > 0));
        }
    }
}
