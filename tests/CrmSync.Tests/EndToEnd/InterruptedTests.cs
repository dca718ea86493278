using System.Text.Json;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Ctrl-C, or the signal of whoever stops a container, while a command is at work: it says so, ends with 130, and leaves nothing half done.</summary>
public sealed class InterruptedTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("INT", false)]
    [InlineData("TERM", false)]
    [InlineData("INT", true)]
    public async Task A_command_that_waits_for_a_person_ends_with_130(string signal, bool json)
    {
        var (settings, data) = (_directory.File("settings.json"), _directory.File("data"));
        await File.WriteAllTextAsync(settings, """{"Connections":{"main":{"Crm":"hubspot","ClientId":"a","ClientSecret":"b"}}}""", Stop);
        using var login = PlainProgram.Start(["auth", "login", "main", "--port", $"{Ports.Free()}", "--config", settings, "--data", data, .. json ? ["--json"] : Array.Empty<string>()]);
        // It waits from the moment on at which it has shown the page.
        var told = json ? login.Error : login.Out;
        string? line;
        do
            line = await told.ReadLineAsync(Stop);
        while (line?.Contains("https://", StringComparison.Ordinal) == false);
        Assert.NotNull(line);

        login.Signal(signal);

        Assert.Equal(130, await login.EndAsync());
        var (rest, error) = (await login.Out.ReadToEndAsync(Stop), await login.Error.ReadToEndAsync(Stop));
        if (json)
            Assert.Equal("interrupted", JsonDocument.Parse(rest).RootElement.GetProperty("error").GetProperty("code").GetString());
        else
            Assert.Contains("Interrupted before it was done.", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data, "crmsync.db")));
    }
}
