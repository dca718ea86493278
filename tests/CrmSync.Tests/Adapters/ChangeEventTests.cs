using CrmSync.Adapters.Salesforce.PubSub;
using CsCheck;

namespace CrmSync.Tests.Adapters;

/// <summary>Change events as bytes: what is read out of them, and that nothing else comes of bytes that are none.</summary>
public sealed class ChangeEventTests
{
    private const string Header = """{"name":"ChangeEventHeader","type":{"type":"record","name":"ChangeEventHeader","fields":[{"name":"entityName","type":"string"},{"name":"recordIds","type":{"type":"array","items":"string"}},{"name":"changeType","type":{"type":"enum","name":"ChangeType","symbols":["CREATE","UPDATE"]}},{"name":"transactionKey","type":"string"},{"name":"sequenceNumber","type":"int"},{"name":"commitUser","type":"string"},{"name":"changedFields","type":{"type":"array","items":"string"}}]}}""";

    [Fact]
    public void A_bitmap_names_fields_by_their_place()
    {
        var fields = string.Join(",", Enumerable.Range(1, 31).Select(i => i is 4 or 7
            ? $$"""{"name":"F{{i}}","type":["null",{"type":"record","name":"R{{i}}","fields":[{{string.Join(",", Enumerable.Range(0, 5).Select(p => $$"""{"name":"P{{p}}","type":["null","string"]}"""))}}]}]}"""
            : $$"""{"name":"F{{i}}","type":["null","string"]}"""));
        var schema = AvroType.Parse($$"""{"type":"record","name":"LeadChangeEvent","fields":[{{Header}},{{fields}}]}""");

        Assert.Equal(
            ["F5", "F6", "F7", "F10", "F24", "F26", "F29", "F30", "F4.P4", "F7.P1", "F7.P2"],
            ChangedFields.Names(schema, ["0x650004E0", "4-0x10", "7-0x06"]));
    }

    [Theory]
    [InlineData("650004E0")]
    [InlineData("0xZZ")]
    [InlineData("9-0x01")]
    [InlineData("0-0x01-0x01")]
    [InlineData("0xFFFFFFFFFFFF")]
    public void A_bitmap_that_cannot_be_read_says_nothing_rather_than_that_nothing_changed(string map) =>
        Assert.Null(ChangedFields.Names(AvroType.Parse($$$"""{"type":"record","name":"E","fields":[{{{Header}}}]}"""), [map]));

    [Fact]
    public void The_header_is_found_behind_fields_of_every_kind()
    {
        var schema = AvroType.Parse($$$"""
            {"type":"record","name":"E","namespace":"com.sforce.eventbus","fields":[
              {"name":"Flag","type":"boolean"},{"name":"Small","type":"float"},{"name":"Large","type":"double"},{"name":"Raw","type":"bytes"},
              {"name":"Hash","type":{"type":"fixed","name":"Md","size":2}},{"name":"Map","type":{"type":"map","values":"long"}},
              {"name":"Again","type":["null","com.sforce.eventbus.E"]},{"name":"Day","type":{"type":"long","logicalType":"timestamp-millis"}},
              {{{Header}}}]}
            """);
        byte[] body =
        [
            1, 0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 4, 9, 9, 7, 7, // plain kinds
            1, 8, 2, (byte)'k', 0x80, 0x01, 0, // a block of one entry with its size before it: k -> 64
            0, 0xC8, 0x01, // nothing, and 100
            .. Text("Lead"), 4, .. Text("00Q1"), .. Text("00Q2"), 0, 2, .. Text("tx"), 6, .. Text("005"), 0,
        ];

        var header = ChangeHeader.Read(schema, body);

        Assert.Equal(("Lead", "UPDATE", "tx", 3L, "005"), (header.Entity, header.Kind, header.Transaction, header.Sequence, header.User));
        Assert.Equal(["00Q1", "00Q2"], header.Ids);
    }

    [Fact]
    public void Bytes_that_are_no_event_are_refused_and_nothing_worse()
    {
        var schema = AvroType.Parse($$$"""{"type":"record","name":"E","fields":[{"name":"Many","type":{"type":"array","items":"null"}},{{{Header}}},{"name":"Deep","type":["null","E"]}]}""");
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            try
            {
                ChangeHeader.Read(schema, bytes);
            }
            catch (InvalidDataException)
            {
            }
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"type":"record","name":"E","fields":[{"name":"a","type":"Unheard"}]}""")]
    [InlineData("""{"type":"record"}""")]
    [InlineData("[1]")]
    public void A_schema_that_is_none_is_refused(string json) => Assert.Throws<InvalidDataException>(() => AvroType.Parse(json));

    [Fact]
    public void Every_whole_number_is_read_as_it_was_written() =>
        Gen.Long.Sample(number => Assert.Equal(number, new AvroReader(Whole(number)).Read(new(AvroKind.Whole))));

    private static byte[] Text(string text) => [.. Whole(text.Length), .. System.Text.Encoding.UTF8.GetBytes(text)];

    private static byte[] Whole(long number)
    {
        var (bytes, rest) = (new List<byte>(), (ulong)((number << 1) ^ (number >> 63)));
        for (; rest > 0x7F; rest >>= 7)
            bytes.Add((byte)(rest | 0x80));
        bytes.Add((byte)rest);
        return [.. bytes];
    }
}
