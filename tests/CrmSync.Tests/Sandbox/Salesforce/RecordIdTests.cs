using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Tests.Sandbox.Salesforce;

public sealed class RecordIdTests
{
    [Theory]
    [InlineData("0015500001QdQWaAAN")]
    [InlineData("0035500001H9cakAAB")]
    [InlineData("001Da00000xnAiyIAE")]
    public void Ids_of_a_real_org_are_completed_as_they_were(string id)
    {
        Assert.Equal(id, RecordId.Normalise(id[..15]));
        Assert.Equal(id, RecordId.Normalise(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0015500001QdQWa-")]
    [InlineData("0015500001QdQWaAAA")]
    [InlineData("0015500001QdQWaAANx")]
    public void What_is_no_id_is_none(string text) => Assert.Null(RecordId.Normalise(text));

    [Fact]
    public void Later_records_sort_after_earlier_ones()
    {
        var ids = Enumerable.Range(0, 5000).Select(number => RecordId.Make("00Q", number)).ToList();

        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
    }
}
