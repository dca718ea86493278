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
    private static readonly string Once = File.ReadAllText(Path.Combine(Deploy, "kubernetes-once.yaml"));

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
    [InlineData("{ port: 443, protocol: TCP }, ", "", "egress 443")]
    [InlineData("{ port: 7443, protocol: TCP }", "{ port: 22, protocol: TCP }", "egress 7443")]
    [InlineData("{ port: 7443, protocol: TCP }", "{ port: 22, protocol: TCP }", "egress: ")]
    [InlineData("{ port: 587, protocol: TCP }, ", "", "egress 587")]
    [InlineData(", { port: 465, protocol: TCP }", "", "egress 465")]
    [InlineData("{ port: 4317, protocol: TCP }, ", "", "egress 4317")]
    [InlineData(", { port: 4318, protocol: TCP }", "", "egress 4318")]
    [InlineData("port: 8080, protocol: TCP", "port: 8081, protocol: TCP", "ingress")]
    [InlineData("policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]", "policyTypes")]
    [InlineData("podSelector: {}", "podSelector: { matchLabels: { app: crmsync } }", "podSelector")]
    [InlineData("command: [dotnet, crmsync.dll, healthcheck, --live]", "command: [cat, /tmp/alive]", "livenessProbe")]
    public void The_policy_finds_what_would_break_it(string right, string wrong, string violation)
    {
        Assert.Contains(right, Manifest, StringComparison.Ordinal);
        Assert.Contains(ManifestPolicy.Violations(Manifest.Replace(right, wrong, StringComparison.Ordinal)), v => v.StartsWith(violation, StringComparison.Ordinal));
    }

    [Fact]
    public void The_pod_for_one_command_keeps_it_too() => Assert.Empty(ManifestPolicy.ViolationsOnce(Once, Manifest));

    [Theory]
    [InlineData("kind: Pod", "kind: Job", "kind")]
    [InlineData("restartPolicy: Never", "restartPolicy: Always", "kind")]
    [InlineData("namespace: crmsync }", "namespace: default }", "namespace")]
    [InlineData("namespace: crmsync }", "namespace: crmsync, labels: { app: crmsync } }", "labels")]
    [InlineData("claimName: data-crmsync-0", "claimName: data", "claim")]
    [InlineData("configMapRef: { name: crmsync }", "configMapRef: { name: settings }", "places")]
    [InlineData("name: data, mountPath: /data", "name: data, mountPath: /var/data", "places")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "runAsNonRoot")]
    [InlineData("runAsUser: 1654", "runAsUser: 0", "runAsUser")]
    [InlineData("seccompProfile: { type: RuntimeDefault }", "seccompProfile: { type: Unconfined }", "seccompProfile")]
    [InlineData("allowPrivilegeEscalation: false", "privileged: true", "allowPrivilegeEscalation")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "readOnlyRootFilesystem")]
    [InlineData("drop: [ALL]", "drop: [NET_RAW]", "capabilities.drop")]
    [InlineData("limits: { memory: 512Mi }", "limits: { cpu: 1 }", "limits.memory")]
    [InlineData("emptyDir: { sizeLimit: 64Mi }", "hostPath: { path: /tmp }", "volume tmp")]
    [InlineData("mountPath: /run/secrets, readOnly: true", "mountPath: /run/secrets", "mount secrets")]
    [InlineData("automountServiceAccountToken: false", "automountServiceAccountToken: true", "automountServiceAccountToken")]
    public void The_policy_finds_what_would_break_that_pod(string right, string wrong, string violation)
    {
        Assert.Contains(right, Once, StringComparison.Ordinal);
        Assert.Contains(ManifestPolicy.ViolationsOnce(Once.Replace(right, wrong, StringComparison.Ordinal), Manifest), v => v.StartsWith(violation, StringComparison.Ordinal));
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
    [InlineData("User=crmsync")]
    [InlineData("StateDirectory=crmsync")]
    [InlineData("StateDirectoryMode=0700")]
    [InlineData("UMask=0077")]
    [InlineData("PrivateTmp=yes")]
    [InlineData("ProtectHome=yes")]
    [InlineData("RestrictSUIDSGID=yes")]
    [InlineData("RemoveIPC=yes")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("CapabilityBoundingSet=")]
    [InlineData("LoadCredential=Connections__main__Token:/etc/crmsync/hubspot-token")]
    [InlineData("Environment=CRMSYNC__SecretsDirectory=%d")]
    [InlineData("RestartPreventExitStatus=64 65 73 77 78")]
    public void The_unit_is_fenced_in(string line) => Assert.Contains(line, File.ReadAllLines(Path.Combine(Deploy, "crmsync.service")));

    [Fact]
    public void The_unit_keeps_the_heap_as_small_as_the_image_does()
    {
        string[] Heap(string file) => [.. HeapSetting().Matches(File.ReadAllText(file)).Select(m => m.Value).Order(StringComparer.Ordinal)];
        Assert.Equal(5, Heap(Path.Combine(Root(), "Dockerfile")).Length);
        Assert.Equal(Heap(Path.Combine(Root(), "Dockerfile")), Heap(Path.Combine(Deploy, "crmsync.service")));
    }

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_the_unit()
    {
        var said = await AnalyzeAsync("verify");
        // That the program itself is not on this machine is no fault of the unit's.
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains("crmsync", StringComparison.Ordinal) && !line.Contains("is not executable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Systemd_finds_the_unit_little_exposed()
    {
        var said = await AnalyzeAsync("security", "--offline=yes");
        Assert.Contains("Overall exposure level", said, StringComparison.Ordinal);
        var level = double.Parse(said[(said.LastIndexOf("crmsync.service:", StringComparison.Ordinal) + 16)..].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(level, 0, 2);
    }

    [Fact]
    public void The_image_has_a_health_check_by_command() =>
        Assert.Matches("""HEALTHCHECK .*CMD \["dotnet", "crmsync.dll", "healthcheck"\]""", File.ReadAllText(Path.Combine(Root(), "Dockerfile")));

    private static async Task<string> AnalyzeAsync(params string[] what)
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            Assert.Skip("systemd-analyze is not here");
        using var analyze = Process.Start(new ProcessStartInfo("systemd-analyze", [.. what, Path.Combine(Deploy, "crmsync.service")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var (output, error) = (analyze.StandardOutput.ReadToEndAsync(), analyze.StandardError.ReadToEndAsync());
        await analyze.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await error;
    }

    public static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CrmSync.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return directory.FullName;
    }

    [GeneratedRegex(@"(?:DOTNET_GC|MALLOC_)\w+=\w+")]
    private static partial Regex HeapSetting();

    // In the environment, and as the name of a secret.
    [GeneratedRegex(@"\b(?:CRMSYNC__)?((?:Connections__[A-Za-z]+__)[A-Za-z_]+|(?<=CRMSYNC__)[A-Za-z_]+)(?=[:=])")]
    private static partial Regex Setting();
}
