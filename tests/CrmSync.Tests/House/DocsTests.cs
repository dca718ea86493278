using System.Diagnostics;
using System.Text.RegularExpressions;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.House;

/// <summary>README and docs/: what they say of commands, errors, links and metrics is so. Their commands are run, against sandboxes.</summary>
public sealed partial class DocsTests
{
    private static readonly string Root = DeployTests.Root();
    private static readonly string[] Pages = [Path.Combine(Root, "README.md"), .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>In the order of a first day: what a later one needs, an earlier one has made.</summary>
    [Fact]
    public async Task Every_command_that_is_shown_runs()
    {
        await using var world = await SandboxedWorker.StartAsync();
        var blocks = Pages.SelectMany(Blocks).SelectMany(block => block.Split('\n')).Select(Command).OfType<string>().ToList();
        Assert.True(blocks.Distinct().Count() > 20, $"{blocks.Count}");
        var shown = blocks.Concat(Named()).Distinct().ToList();
        foreach (var line in shown.OrderBy(Order))
        {
            var (exit, said) = await world.RunAsync(line);
            Assert.True(Expected(line).Contains(exit), $"'{line}' ended with {exit}:\n{said}");
        }
    }

    [Fact]
    public async Task A_newcomer_gets_to_a_green_check_in_ten_commands()
    {
        var script = Blocks(Path.Combine(Root, "docs", "quickstart.md")).First().Trim();
        // Two more come before it: the sources are fetched, from an address that nobody but their giver knows, and gone into.
        Assert.InRange(2 + script.Split('\n').Sum(line => line.Split(" && ").Length), 5, 10);
        Assert.Equal(2, FetchAndEnter().Count(File.ReadAllText(Path.Combine(Root, "docs", "quickstart.md"))));
        var (control, hubspot) = (Ports.Free(), Ports.Free());
        var directory = Directory.CreateTempSubdirectory("crmsync-docs-").FullName;
        try
        {
            // The programs are built already, and the ports may be somebody's; all else is as it stands there.
            var text = script.Replace("9400", $"{control}").Replace("9401", $"{hubspot}")
                .Replace("dotnet run --project src/CrmSync.Sandbox --", $"dotnet exec {AppContext.BaseDirectory}CrmSync.Sandbox.dll")
                .Replace("dotnet run --project src/CrmSync.Worker --", $"dotnet exec {AppContext.BaseDirectory}crmsync.dll");
            using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", $"trap 'kill %1' EXIT; {text}"]) { WorkingDirectory = directory, RedirectStandardOutput = true })!;
            var said = await bash.StandardOutput.ReadToEndAsync(Stop);
            await bash.WaitForExitAsync(Stop);
            Assert.True(bash.ExitCode == 0, said);
            Assert.Contains("Everything that is needed is there.", said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Every_error_has_a_line_that_says_what_to_do()
    {
        var told = Told().Matches(File.ReadAllText(Path.Combine(Root, "docs", "operations.md"))).Select(m => m.Groups[1].Value).ToHashSet();
        var source = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("Sandbox", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var codes = source.SelectMany(text => Problem().Matches(text).Concat(Failure().Matches(text))).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.True(codes.Count > 40);
        Assert.Empty(codes.Except(told));
        var alerts = Alert().Matches(File.ReadAllText(Path.Combine(Root, "deploy", "alerts.yaml"))).Select(m => m.Groups[1].Value);
        Assert.Empty(alerts.Except(told));
    }

    [Fact]
    public void Every_link_leads_somewhere() => Assert.All(
        Pages.SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(m => (Page: page, Target: m.Groups[1].Value.Split('#')[0])))
            .Where(l => l.Target.Length > 0 && !l.Target.StartsWith("http", StringComparison.Ordinal)),
        link => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target)), $"{link.Page}: {link.Target}"));

    /// <summary>What stands in blocks of shell.</summary>
    private static IEnumerable<string> Blocks(string page) => Block().Matches(File.ReadAllText(page).Replace("\r", "")).Select(m => Indent().Replace(m.Groups[2].Value, ""));

    /// <summary>What is named in running text, in tables, and in the comments of deploy/, however it is called there; not where something is left out.</summary>
    private static IEnumerable<string> Named() =>
        Pages.SelectMany(page => InText().Matches(File.ReadAllText(page)))
            .Concat(Directory.GetFiles(Path.Combine(Root, "deploy")).SelectMany(file => InComment().Matches(File.ReadAllText(file))))
            .Select(m => m.Groups[1].Value.Replace("<connection>", "main", StringComparison.Ordinal))
            .Concat(Args().Matches(File.ReadAllText(Path.Combine(Root, "deploy", "kubernetes-once.yaml"))).Select(m => m.Groups[1].Value.Replace(",", "", StringComparison.Ordinal)))
            .Where(text => !text.Contains("...", StringComparison.Ordinal))
            .Select(text => Command($"crmsync {text}")).OfType<string>();

    /// <summary>A command of ours without what calls it; null for lines that are no such thing, or that run until they are ended.</summary>
    private static string? Command(string line)
    {
        var text = line.Replace("dotnet run --project src/CrmSync.Worker -- ", "crmsync ", StringComparison.Ordinal).Split(" #")[0].Trim();
        return !text.StartsWith("crmsync ", StringComparison.Ordinal) || text.StartsWith("crmsync run", StringComparison.Ordinal) || text.StartsWith("crmsync demo", StringComparison.Ordinal)
            ? null
            : text["crmsync ".Length..].Replace(" --config data/sandbox.json", "", StringComparison.Ordinal);
    }

    private static int Order(string line) => line switch
    {
        _ when line.StartsWith("auth", StringComparison.Ordinal) => 0,
        "setup --plan" => 1,
        "setup" => 2,
        _ when line.StartsWith("go-live", StringComparison.Ordinal) => 4,
        _ when line.StartsWith("init", StringComparison.Ordinal) => 8,
        _ when line.StartsWith("restore", StringComparison.Ordinal) => 9,
        _ => 3,
    };

    /// <summary>Done; but before a fallback is named a check ends with 78, and files that a page makes up are not there.</summary>
    private static int[] Expected(string line) => line switch
    {
        _ when line.StartsWith("check", StringComparison.Ordinal) => [0, 78],
        _ when line.Contains("lead.json", StringComparison.Ordinal) || line.Contains("leads.csv", StringComparison.Ordinal) => [64],
        _ when line.StartsWith("restore", StringComparison.Ordinal) => [64, 75],
        // Names of commands, which want more; nobody sits here who could be asked; and what waits for the worker's end.
        "auth login" or "rules backtest" or "init" => [64],
        _ when line.Contains("history.csv", StringComparison.Ordinal) => [64],
        _ when line.StartsWith("history import", StringComparison.Ordinal) => [75],
        _ => [0],
    };

    [GeneratedRegex(@"^([ ]*)```(?:sh)?\n(.*?)^\1```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?:[^`\n]*(?:run --rm |exec crmsync dotnet |sudo |\* |/))?crmsync(?:\.dll)? ([a-z][^`\n]*)`")]
    private static partial Regex InText();

    [GeneratedRegex(@"^#\s+(?:docker compose [^\n]* crmsync(?: dotnet crmsync\.dll)?|kubectl -n crmsync exec \S+ -- dotnet crmsync\.dll|crmsync) ([a-z][^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex InComment();

    [GeneratedRegex(@"args: \[([^\]]+)\]")]
    private static partial Regex Args();

    [GeneratedRegex("`(git clone ADDRESS crmsync|cd crmsync)`")]
    private static partial Regex FetchAndEnter();

    [GeneratedRegex("^ +", RegexOptions.Multiline)]
    private static partial Regex Indent();

    [GeneratedRegex("`([A-Za-z-]+)`")]
    private static partial Regex Told();

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)*)\", ProblemReach")]
    private static partial Regex Problem();

    [GeneratedRegex("CommandFailure\\([^\"\\n]*\"([a-z-]+)\"")]
    private static partial Regex Failure();

    [GeneratedRegex("alert: ([A-Za-z]+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
