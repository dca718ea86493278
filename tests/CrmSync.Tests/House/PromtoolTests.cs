using System.Diagnostics;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.House;

/// <summary>What Prometheus' own tool says of the alert rules and of <c>/metrics</c>; <c>test.sh</c> brings it where Debian's packages are.</summary>
public sealed class PromtoolTests
{
    private static readonly string Root = DeployTests.Root();

    [Fact]
    public async Task Prometheus_takes_the_alert_rules() => await PassesAsync("", "check", "rules", Path.Combine(Root, "deploy", "alerts.yaml"));

    [Fact]
    public async Task Each_alert_fires_when_it_should_and_only_then() => await PassesAsync("", "test", "rules", Path.Combine(Root, "tests", "alerts", "alerts.test.yaml"));

    [Fact]
    public async Task Prometheus_takes_the_page_of_metrics()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        using var http = new HttpClient();
        await PassesAsync(await http.GetStringAsync(new Uri(stage.AdminAddress, "/metrics"), TestContext.Current.CancellationToken), "check", "metrics");
    }

    private static async Task PassesAsync(string input, params string[] arguments)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        if (path is null)
            Assert.Skip("promtool is not here");
        using var promtool = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(promtool.ExitCode == 0, await output + await error);
    }
}
