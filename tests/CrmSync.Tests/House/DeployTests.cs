using System.Diagnostics;
using System.Text.RegularExpressions;
using CrmSync.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Tests.House;

/// <summary>What is in <c>deploy/</c>: it asks for no more rights than it needs, and names settings and commands that there are.</summary>
public sealed partial class DeployTests
{
    private static readonly string Deploy = Path.Combine(Root(), "deploy");
    private static readonly string Manifest = File.ReadAllText(Path.Combine(Deploy, "kubernetes.yaml"));

    [Fact]
    public void The_manifest_keeps_the_restricted_standard_and_one_writer() => Assert.Empty(ManifestPolicy.Violations(Manifest));

    [Theory]
    [InlineData("replicas: 1", "replicas: 2", "replicas")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "runAsNonRoot")]
    [InlineData("runAsUser: 1654", "runAsUser: 0", "runAsUser")]
    [InlineData("seccompProfile: { type: RuntimeDefault }", "seccompProfile: { type: Unconfined }", "seccompProfile")]
    [InlineData("allowPrivilegeEscalation: false", "privileged: true", "allowPrivilegeEscalation")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "readOnlyRootFilesystem")]
    [InlineData("drop: [ALL]", "drop: [NET_RAW]", "capabilities.drop")]
    [InlineData("drop: [ALL]", "drop: [ALL], add: [SYS_ADMIN]", "capabilities.add")]
    [InlineData("emptyDir: { sizeLimit: 64Mi }", "hostPath: { path: /tmp }", "volume tmp")]
    [InlineData("enableServiceLinks: false", "hostNetwork: true", "hostNetwork")]
    [InlineData("automountServiceAccountToken: false", "automountServiceAccountToken: true", "automountServiceAccountToken")]
    [InlineData("pod-security.kubernetes.io/enforce: restricted", "pod-security.kubernetes.io/enforce: baseline", "enforce")]
    [InlineData("            limits: { memory: 512Mi }\n", "", "limits.memory")]
    [InlineData("mountPath: /run/secrets, readOnly: true", "mountPath: /run/secrets", "mount secrets")]
    [InlineData("terminationGracePeriodSeconds: 15", "terminationGracePeriodSeconds: 5", "terminationGracePeriodSeconds")]
    public void The_policy_finds_what_would_break_it(string right, string wrong, string violation)
    {
        Assert.Contains(right, Manifest, StringComparison.Ordinal);
        Assert.Contains(ManifestPolicy.Violations(Manifest.Replace(right, wrong, StringComparison.Ordinal)), v => v.StartsWith(violation, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("kubernetes.yaml")]
    [InlineData("crmsync.service")]
    public void Every_setting_that_is_named_is_one(string file)
    {
        var settings = Setting().Matches(File.ReadAllText(Path.Combine(Deploy, file))).Select(m => m.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(settings);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(name => KeyValuePair.Create(name, (string?)"x"))).Build();
        Assert.DoesNotContain(SettingsReader.Read(configuration, []).Problems, p => p.Problem.Contains("no such setting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Type=notify")]
    [InlineData("WatchdogSec=120")]
    [InlineData("DynamicUser=yes")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("CapabilityBoundingSet=")]
    [InlineData("LoadCredential=Connections__main__Token:/etc/crmsync/hubspot-token")]
    [InlineData("Environment=CRMSYNC__SecretsDirectory=%d")]
    [InlineData("RestartPreventExitStatus=64 65 73 77 78")]
    public void The_unit_is_fenced_in(string line) => Assert.Contains(line, File.ReadAllLines(Path.Combine(Deploy, "crmsync.service")));

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            Assert.Skip("systemd-analyze is not here");
        using var verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", Path.Combine(Deploy, "crmsync.service")]) { RedirectStandardError = true })!;
        var said = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken);
        // That the program itself is not on this machine is no fault of the unit's.
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains("crmsync", StringComparison.Ordinal) && !line.Contains("is not executable", StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_has_a_health_check_by_command() =>
        Assert.Matches("""HEALTHCHECK .*CMD \["dotnet", "crmsync.dll", "healthcheck"\]""", File.ReadAllText(Path.Combine(Root(), "Dockerfile")));

    public static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CrmSync.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return directory.FullName;
    }

    // In the environment, and as the name of a secret.
    [GeneratedRegex(@"\b(?:CRMSYNC__)?((?:Connections__[A-Za-z]+__)[A-Za-z_]+|(?<=CRMSYNC__)[A-Za-z_]+)(?=[:=])")]
    private static partial Regex Setting();
}
