using System.Globalization;
using System.Text;
using CrmSync.Adapters.Salesforce.Soql;
using CsCheck;

namespace CrmSync.Tests.Adapters;

/// <summary>Whatever people and machines write into a record, it stays a value of the query that looks for it.</summary>
public sealed class SoqlTests
{
    private static readonly string[] Nasty =
        ["'", "\\", "\\'", "'--", "' OR Name LIKE '%", "\\\\'", "\"", "\n", "\r", "\t", "\b", "\f", "\0", "\u2028", "\u0085", "%", "_", "{0}", ")", "(", ",", ";", "\\u0027", "\ud83d\ude00", "å", "'", " OR ", "null"];

    [Fact]
    public void Ten_thousand_hostile_texts_stay_one_value_each() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, Nasty.Length - 1].Select(i => Nasty[i]), Gen.String, Gen.Char.Select(c => c.ToString())).Array[0, 12].Select(string.Concat), Gen.Int[0, 3])
            .Sample(
                (text, place) =>
                {
                    string[] values = ["a", "b", "c"];
                    values = [.. values[..place], text, .. values[place..]];
                    var written = (SoqlQuery.Of("Lead", ["Id"]) with { Where = SoqlCondition.All(SoqlCondition.In("Email", values), SoqlCondition.Equal("Company", SoqlLiteral.Of(text))) }).ToString();

                    var (shape, texts) = Read(written);

                    Assert.Equal("SELECT Id FROM Lead WHERE ((Email IN (?,?,?,?)) AND (Company = ?))", shape);
                    Assert.Equal(values.Append(text), texts);
                },
                iter: 10_000);

    [Theory]
    [InlineData("Id FROM User")]
    [InlineData("")]
    [InlineData("Name'")]
    [InlineData("1Name")]
    [InlineData("Na me")]
    [InlineData("Name.")]
    [InlineData("Name\n")]
    [InlineData("(SELECT Id FROM Contacts)")]
    public void Nothing_but_a_name_stands_where_a_name_is(string name)
    {
        Assert.Throws<ArgumentException>(() => SoqlQuery.Of("Lead", [name]));
        Assert.Throws<ArgumentException>(() => SoqlQuery.Of(name, ["Id"]));
        Assert.Throws<ArgumentException>(() => SoqlCondition.Equal(name, SoqlLiteral.Null));
        Assert.Throws<ArgumentException>(() => (SoqlQuery.Of("Lead", ["Id"]) with { OrderBy = [name] }).ToString());
    }

    [Theory]
    [InlineData("da-DK")]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void Instants_are_written_alike_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new(culture);

            Assert.Equal("2026-01-05T16:21:26Z", SoqlLiteral.Of(new DateTimeOffset(2026, 1, 5, 17, 21, 26, 999, TimeSpan.FromHours(1))).Written);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_query_says_what_it_is_built_of()
    {
        var key = SoqlLiteral.Of(DateTimeOffset.UnixEpoch);
        var query = SoqlQuery.Of("Lead", ["Id", "SystemModstamp", "id"]) with
        {
            Where = SoqlCondition.All(
                SoqlCondition.Any(SoqlCondition.All(SoqlCondition.Equal("SystemModstamp", key), SoqlCondition.After("Id", SoqlLiteral.Of("00Q"))), SoqlCondition.After("SystemModstamp", key)),
                SoqlCondition.NotEqual("Email", SoqlLiteral.Null)),
            OrderBy = ["SystemModstamp", "Id"],
            Limit = 2000,
        };

        Assert.Equal(
            "SELECT Id, SystemModstamp FROM Lead WHERE ((((SystemModstamp = 1970-01-01T00:00:00Z) AND (Id > '00Q')) OR (SystemModstamp > 1970-01-01T00:00:00Z)) AND (Email != null)) ORDER BY SystemModstamp ASC, Id ASC LIMIT 2000",
            query.ToString());
    }

    [Fact]
    public void A_list_without_values_is_no_condition() => Assert.Throws<ArgumentException>(() => SoqlCondition.In("Id", []));

    /// <summary>A reader of our own for quoted texts, by the table of escapes in Salesforce's documentation: the query with a mark for each, and the texts.</summary>
    private static (string Shape, List<string> Texts) Read(string query)
    {
        var (shape, texts) = (new StringBuilder(), new List<string>());
        for (var i = 0; i < query.Length; i++)
        {
            if (query[i] != '\'')
            {
                shape.Append(query[i]);
                continue;
            }
            var text = new StringBuilder();
            for (i++; query[i] != '\''; i++)
                text.Append(query[i] == '\\' ? Escaped(query, ref i) : query[i]);
            shape.Append('?');
            texts.Add(text.ToString());
        }
        return (shape.ToString(), texts);
    }

    private static char Escaped(string query, ref int i) => query[++i] switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        'u' => (char)int.Parse(query.AsSpan((i += 4) - 3, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        '\'' or '"' or '\\' => query[i],
        _ => throw new FormatException("an escape that Salesforce refuses"),
    };
}
