using System.Diagnostics;
using System.Text.Json;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.House;

/// <summary><c>deploy/crmsync.sh</c>: an admin's command is given as the service would give it. The unit is the real one, with this test's places.</summary>
public sealed class ServiceCommandTests : IDisposable
{
    private const string Secret = "canary-7f31";
    private static readonly string Deploy = Path.Combine(DeployTests.Root(), "deploy");
    private readonly ScratchDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_command_has_the_units_settings_and_credentials()
    {
        Configure();
        var (exit, output, error) = await RunAsync([], "config", "print", "--json");
        Assert.True(exit == 0, output + error);
        var settings = JsonDocument.Parse(output).RootElement.GetProperty("settings").EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!, s => s.GetProperty("value").GetString());
        Assert.Equal(_directory.File("data"), settings["DataDirectory"]);
        Assert.Equal("hubspot", settings["Connections:main:Crm"]);
        Assert.StartsWith("/run/crmsync.", settings["SecretsDirectory"], StringComparison.Ordinal);
        Assert.Contains("Connections:main:Token", settings.Keys);
        Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(settings["SecretsDirectory"]), "The copies of the credentials were left behind.");
    }

    [Fact]
    public async Task A_rule_file_beside_the_settings_is_the_one_in_force()
    {
        Configure();
        File.WriteAllText(_directory.File("appsettings.json"), """{"Rules":"ours.yaml","Connections":{"main":{"Crm":"hubspot"}}}""");
        File.Copy(RulesLocation.Shipped, _directory.File("ours.yaml"));
        var (exit, output, error) = await RunAsync([], "config", "print");
        Assert.True(exit == 0, output + error);
        Assert.Contains($"Rules = {_directory.File("ours.yaml")} ", output, StringComparison.Ordinal);
        (exit, output, error) = await RunAsync([], "rules", "lint");
        Assert.True(exit == 0, output + error);
    }

    [Fact]
    public async Task What_init_writes_lies_with_the_data_and_is_in_force()
    {
        Configure();
        var (exit, output, error) = await RunAsync([], "init", "--yes");
        Assert.True(exit == 0, output + error);
        Assert.Contains($"Written: {_directory.File("data/sal-rules.yaml")}", output, StringComparison.Ordinal);
        (exit, output, error) = await RunAsync([], "config", "print");
        Assert.True(exit == 0, output + error);
        Assert.Contains($"Rules = {_directory.File("data/sal-rules.yaml")} ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_exit_code_is_handed_on()
    {
        Configure();
        Assert.Equal(78, (await RunAsync([], "quarantine", "list")).Exit);
        Assert.Equal(64, (await RunAsync([], "no-such-command")).Exit);
        Assert.Equal(64, (await RunAsync([])).Exit);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        Configure();
        File.Delete(_directory.File("hubspot-token"));
        var (exit, _, error) = await RunAsync([], "check");
        Assert.Equal(78, exit);
        Assert.Contains("hubspot-token", error, StringComparison.Ordinal);
        Configure(unit => unit.Replace("User=root", "User=nobody-of-that-name", StringComparison.Ordinal));
        (exit, _, error) = await RunAsync([], "check");
        Assert.Equal(78, exit);
        Assert.Contains("nobody-of-that-name", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_lines_for_one_name_the_last_counts()
    {
        Configure(unit => unit + "\nEnvironment=CRMSYNC__TimeZone=Europe/Oslo\nEnvironment=CRMSYNC__TimeZone=Europe/Stockholm\n");
        var (exit, output, error) = await RunAsync([], "config", "print", "--json");
        Assert.True(exit == 0, output + error);
        Assert.Contains("Europe/Stockholm", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Europe/Oslo", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_line_takes_back_those_above_it()
    {
        Configure(unit => unit + $"\nEnvironment=CRMSYNC__TimeZone=Europe/Oslo\nEnvironment=\nEnvironment=CRMSYNC__DataDirectory={_directory.File("data")}\nEnvironment=CRMSYNC__SecretsDirectory=%d\n");
        var (exit, output, error) = await RunAsync([], "config", "print", "--json");
        Assert.True(exit == 0, output + error);
        Assert.DoesNotContain("Europe/Oslo", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EnvironmentFile=/etc/crmsync/environment")]
    [InlineData("SetCredential=Connections__main__Token:canary-7f31")]
    [InlineData("Environment=CRMSYNC__TimeZone=Europe/Oslo CRMSYNC__LogLevel=debug")]
    [InlineData("LoadCredential=Connections__main__Token:/etc/token \\")]
    public async Task A_line_that_cannot_be_followed_is_named(string line)
    {
        Configure(unit => $"{unit}\n{line}\n");
        var (exit, output, error) = await RunAsync([], "config", "print");
        Assert.Equal(78, exit);
        Assert.Contains(line[..(line.IndexOf('=', StringComparison.Ordinal) + 5)], error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_root_can_take_the_place_of_the_service()
    {
        Configure();
        var (exit, _, error) = await RunAsync(["setpriv", "--reuid=65534", "--clear-groups"], "check");
        Assert.Equal(77, exit);
        Assert.Contains("sudo crmsync check", error, StringComparison.Ordinal);
    }

    private void Configure(Func<string, string>? change = null)
    {
        if (Environment.UserName != "root" || !File.Exists("/usr/sbin/runuser"))
            Assert.Skip("Only root becomes another user.");
        File.WriteAllText(_directory.File("appsettings.json"), """{"Connections":{"main":{"Crm":"hubspot"}}}""");
        File.WriteAllText(_directory.File("hubspot-token"), Secret);
        var unit = File.ReadAllText(Path.Combine(Deploy, "crmsync.service"))
            .Replace("/etc/crmsync", _directory.Name, StringComparison.Ordinal)
            .Replace("/usr/bin/dotnet /opt/crmsync/crmsync.dll", $"dotnet exec {Path.Combine(AppContext.BaseDirectory, "crmsync.dll")}", StringComparison.Ordinal)
            .Replace("=%S/crmsync", $"={_directory.File("data")}", StringComparison.Ordinal)
            .Replace("StateDirectory=crmsync", $"StateDirectory=../..{_directory.File("data")}", StringComparison.Ordinal)
            .Replace("User=crmsync", "User=root", StringComparison.Ordinal).Replace("Group=crmsync", "Group=root", StringComparison.Ordinal);
        File.WriteAllText(_directory.File("crmsync.service"), change is null ? unit : change(unit));
    }

    /// <summary>The script is read from the standard input, so that it need not be readable for a stranger.</summary>
    private async Task<(int Exit, string Out, string Error)> RunAsync(string[] somebody, params string[] command)
    {
        string[] line = [.. somebody, "sh", "-s", "--", .. command];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CRMSYNC_UNIT"] = _directory.File("crmsync.service");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.StandardInput.WriteAsync(await File.ReadAllTextAsync(Path.Combine(Deploy, "crmsync.sh"), Stop));
        process.StandardInput.Close();
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await output, await error);
    }
}
