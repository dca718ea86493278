using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Benchmarks.Processes;

/// <summary>
/// A process of ours: a part of this program under another role, or the product. It is ended with whoever started it.
/// </summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly LastLines _errors = new();
    private readonly bool _endsWithInput;

    private Child(Process process, bool endsWithInput)
    {
        (_process, _endsWithInput) = (process, endsWithInput);
        process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    public int Id => _process.Id;

    /// <summary>What it said last on its standard error.</summary>
    public string LastErrors => _errors.ToString();

    public bool HasExited => _process.HasExited;

    /// <summary>Starts this program under a role of <see cref="Role"/>.</summary>
    public static Child Role(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        new(Start(Environment.ProcessPath!, IsHosted ? [OwnAssembly, .. arguments] : arguments, environment), endsWithInput: true);

    /// <summary>Starts another .NET program that lies beside this one.</summary>
    public static Child OfAssembly(string assembly, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        new(Start("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment), endsWithInput: false);

    /// <summary>The next line of its output as JSON; null at its end.</summary>
    public async Task<JsonNode?> ReadAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith('{'))
                return JsonNode.Parse(line, documentOptions: new JsonDocumentOptions());
        }
        return null;
    }

    /// <summary>All of its output.</summary>
    public async Task<string> ReadAllAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        return await _process.StandardOutput.ReadToEndAsync(limit.Token);
    }

    /// <summary>Lets its output run by, so that a full pipe never holds it up.</summary>
    public void Drain() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        if (!_process.HasExited)
            await StopAsync();
        _process.Dispose();
    }

    private async Task StopAsync()
    {
        if (_endsWithInput)
            _process.StandardInput.Close();
        else
            Signal.Terminate(_process.Id);
        try
        {
            await ExitAsync(Grace);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
    }

    private void Kill(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    private static string OwnAssembly => typeof(Child).Assembly.Location;

    /// <summary>Whether this program was started as an argument of <c>dotnet</c>, and not by its own app host.</summary>
    private static bool IsHosted => Path.GetFileName(Environment.ProcessPath) is "dotnet" or "dotnet.exe";

    private static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
