using System.Diagnostics;
using System.Text.Json;

namespace CrmSync.Tests.Support;

/// <summary>The built program as a process that may do no more than its user may: where that is root, without root's power over other people's files.</summary>
internal sealed class PlainProgram : IDisposable
{
    private readonly Process _process;

    private PlainProgram(Process process) => _process = process;

    public StreamReader Out => _process.StandardOutput;
    public StreamReader Error => _process.StandardError;

    public static PlainProgram Start(params string[] args)
    {
        string[] line = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "crmsync.dll"), .. args];
        // Whoever runs the tests in the background has them, and what they start, deaf to Ctrl-C.
        if (OperatingSystem.IsLinux())
            line = ["env", "--default-signal=INT", .. line];
        if (Environment.UserName == "root")
            line = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", .. line];
        return new(Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    /// <summary>Runs a command to its end, with <c>--json</c>.</summary>
    public static async Task<(int Exit, JsonElement Json)> RunAsync(params string[] args)
    {
        using var program = Start([.. args, "--json"]);
        var (said, told) = (program.Out.ReadToEndAsync(), program.Error.ReadToEndAsync());
        var exit = await program.EndAsync();
        Assert.True((await said).Length > 0, await told);
        return (exit, JsonDocument.Parse(await said).RootElement);
    }

    /// <summary>As Ctrl-C does, or <c>docker stop</c>.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
