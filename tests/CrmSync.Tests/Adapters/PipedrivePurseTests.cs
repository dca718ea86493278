using CrmSync.Adapters;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

/// <summary>Refusals that do not say whether two seconds or a day are used up.</summary>
public sealed class PipedrivePurseTests : IDisposable
{
    private readonly List<DateTimeOffset> _asked = [];
    private readonly StubNetwork _network;
    private readonly PipedriveHarness _harness;
    private readonly ICrmAdapter _adapter;
    private Func<int, bool> _refuses = _ => true;
    private bool _isEmpty;

    public PipedrivePurseTests()
    {
        _network = new((request, _) => IsRefused(request) ? StubNetwork.Json("""{"success":false,"error":"request over limit","errorCode":429}""", 429) : Answer(request));
        _harness = new(_network);
        _adapter = _harness.Adapter();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        (_adapter as IDisposable)?.Dispose();
        _network.Dispose();
    }

    [Fact]
    public async Task Repeated_ones_are_waited_out_ever_longer_and_then_mean_the_day()
    {
        var error = await Assert.ThrowsAsync<CrmException>(ReadAsync);

        Assert.Equal((CrmFailure.RateLimited, _harness.Time.GetUtcNow().AddHours(1)), (error.Failure, error.RetryAt));
        var waits = _asked.Zip(_asked.Skip(1), (a, b) => (b - a).TotalSeconds).ToList();
        Assert.Equal(4, waits.Count);
        Assert.All(waits.Zip([2, 4, 8, 16]), w => Assert.InRange(w.First, w.Second, w.Second + 5));

        await Assert.ThrowsAsync<CrmException>(ReadAsync);
        Assert.Equal(5, _asked.Count);
        _harness.Time.Advance(TimeSpan.FromMinutes(61));
        await Assert.ThrowsAsync<CrmException>(ReadAsync);
        Assert.Equal(6, _asked.Count);
    }

    [Fact]
    public async Task Those_with_answers_between_them_are_bursts()
    {
        _refuses = call => call % 4 != 0;
        for (var reading = 0; reading < 4; reading++)
            Assert.Equal(CrmReadingKind.Found, (await ReadAsync())[0].Kind);

        Assert.Equal(16, _asked.Count);
    }

    [Fact]
    public async Task Whoever_asks_for_what_is_not_there_was_let_in()
    {
        (_isEmpty, _refuses) = (true, call => call % 4 != 0);
        for (var reading = 0; reading < 4; reading++)
            await Record.ExceptionAsync(ReadAsync);

        Assert.Equal(16, _asked.Count);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request) =>
        _isEmpty && request.RequestUri!.AbsolutePath is var path && (path.Contains("/leads/", StringComparison.Ordinal) || path == "/api/v2/deals")
            ? StubNetwork.Json("""{"success":false,"error":"Not found","errorCode":404}""", 404)
            : PipedriveHarness.Answer(request);

    private bool IsRefused(HttpRequestMessage request)
    {
        if (!request.RequestUri!.AbsolutePath.Contains("/leads/", StringComparison.Ordinal))
            return false;
        _asked.Add(_harness.Time.GetUtcNow());
        return _refuses(_asked.Count);
    }

    private async Task<IReadOnlyList<CrmReading>> ReadAsync()
    {
        var reading = _adapter.ReadAsync([PipedriveHarness.Lead], ReadDepth.Guard, FactCatalogue.BuiltIn, Stop);
        while (await Task.WhenAny(reading, Task.Delay(20, Stop)) != reading)
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
        return await reading;
    }
}
