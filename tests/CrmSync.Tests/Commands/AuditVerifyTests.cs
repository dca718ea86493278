using System.Text.Json;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Commands;

/// <summary>An audit that was computed anew as a whole, which only what was kept elsewhere can contradict; and what its rows stand on.</summary>
public sealed class AuditVerifyTests : IDisposable
{
    private readonly CommandBench _bench = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_restore_that_the_audit_tells_of_is_believed_by_its_own_anchors_and_told()
    {
        await ForgeAsync();
        File.Copy(Kept, _bench.Directory.File(Anchors.FileName));

        Assert.Equal(0, await _bench.RunAsync("audit", "verify"));
        Assert.Contains("Row 1 says that an older store was put back", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("0 anchors agree", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("1 anchors of before know rows that are not here", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anchors_kept_elsewhere_are_not_talked_down_by_the_audit()
    {
        await ForgeAsync();

        Assert.Equal(65, await _bench.RunAsync("audit", "verify", "--anchors", Kept));
        Assert.Contains("NOT whole", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("--restored", _bench.Out, StringComparison.Ordinal);
        var before = _bench.Out.Length;
        Assert.Equal(0, await _bench.RunAsync("audit", "verify", "--anchors", Kept, "--restored", "--json"));
        Assert.Equal(1, JsonDocument.Parse(_bench.Out[before..]).RootElement.GetProperty("restored").GetProperty("lost").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an anchor")]
    [InlineData("""{"sequence":1,"hash":"ffff"}""")]
    [InlineData("""{"at":"2026-01-05T07:00:00.000Z","sequence":1,"hash":"ffff"}""")]
    public async Task A_file_that_proves_nothing_proves_no_audit(string content)
    {
        await FillAsync();
        await File.WriteAllTextAsync(Kept, content, Stop);

        Assert.Equal(65, await _bench.RunAsync("audit", "verify", "--anchors", Kept));
    }

    [Theory]
    [InlineData("UPDATE evidence SET inputs = replace(inputs, '40', '95')")]
    [InlineData("UPDATE evidence SET findings = '[]'")]
    [InlineData("UPDATE evidence SET salt = 'another'")]
    public async Task Evidence_that_was_changed_is_found(string tampering)
    {
        await FillAsync();
        Assert.Equal(0, await _bench.RunAsync("audit", "verify"));
        foreach (var trigger in _bench.Directory.Rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'evidence'"))
            _bench.Directory.Sql($"DROP TRIGGER {trigger}");
        _bench.Directory.Sql(tampering);

        var before = _bench.Out.Length;
        Assert.Equal(65, await _bench.RunAsync("audit", "verify", "--json"));
        Assert.Equal("EvidenceChanged", JsonDocument.Parse(_bench.Out[before..]).RootElement.GetProperty("fault").GetProperty("kind").GetString(), ignoreCase: true);
    }

    private string Kept => _bench.Directory.File("kept.jsonl");

    /// <summary>One lead, decided on, with the evidence of it.</summary>
    private async Task FillAsync()
    {
        await using var store = await _bench.OpenStoreAsync();
        var (salt, facts, findings, inputs) = ("5a17", "{}", """[{"criterion":"role"}]""", """{"fit":40}""");
        await store.RecordAsync("main", [Some.Pass(new("a", 0, 0), Some.Lead("a")) with
        {
            Evidence = new(CrmSync.Worker.Sync.EvidenceBody.Hash(salt, facts, findings, inputs), "key-a", salt, facts, findings, inputs),
            Audit = [Some.Observed("key-a"), Some.Decided("t1", "key-a"), Some.Applied("t1", "key-a")],
        }], CommandBench.Now, Stop);
    }

    /// <summary>An audit without the rows that an anchor knows, which says of itself that it was restored at the end of time.</summary>
    private async Task ForgeAsync()
    {
        await File.WriteAllTextAsync(Kept, JsonSerializer.Serialize(new { at = "2026-01-05T07:00:00.000Z", sequence = 206, hash = new string('a', 64) }) + "\n", Stop);
        await using var store = await _bench.OpenStoreAsync();
        await store.AppendAsync([new(AuditKind.Restored, null, null, null, null, null, null, DateTimeOffset.MaxValue, "crmsync", null, null)], Stop);
    }
}
