using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace CrmSync.Tests.House;

/// <summary>The restricted pod security standard, and what this worker needs beyond it, asked of a Kubernetes manifest.</summary>
internal static class ManifestPolicy
{
    private static readonly string[] Volumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];
    private static readonly string[] Writable = ["/data", "/tmp"];
    private static readonly (string Port, string For)[] Outwards =
    [
        ("53", "names"), ("443", "the CRMs"), ("7443", "the change events of Salesforce"), ("587", "mail"), ("465", "mail"), ("4317", "a collector"), ("4318", "a collector"),
    ];

    /// <summary>What breaks the policy, each beginning with the field.</summary>
    public static IReadOnlyList<string> Violations(string manifest)
    {
        var documents = Read(manifest);
        var found = new List<string>();
        var name = documents.Single(d => Text(d, "kind") == "Namespace");
        Check(found, "enforce: the namespace is not restricted", Text(name, "metadata", "labels", "pod-security.kubernetes.io/enforce") == "restricted");
        Network(found, documents.Find(d => Text(d, "kind") == "NetworkPolicy"));
        var set = documents.Single(d => Text(d, "kind") is "StatefulSet" or "Deployment");
        Check(found, "replicas: a file has one writer", Text(set, "spec", "replicas") == "1");
        Check(found, "kind: an update may not overlap", Text(set, "kind") == "StatefulSet" || Text(set, "spec", "strategy", "type") == "Recreate");
        var pod = Map(set, "spec", "template", "spec");
        Pod(found, pod);
        foreach (var container in Items(pod, "containers"))
            Probes(found, container);
        return found;
    }

    /// <summary>What breaks it in a pod that gives one command on the worker's data while the worker is stopped; it lives in the namespace of the other manifest.</summary>
    /// <param name="worker">The manifest of the worker.</param>
    public static IReadOnlyList<string> ViolationsOnce(string manifest, string worker)
    {
        var (found, pod) = (new List<string>(), Read(manifest).Single());
        var set = Read(worker).Single(d => Text(d, "kind") == "StatefulSet");
        Check(found, "places: not those of the worker",
            Items(pod, "spec", "containers").SelectMany(Places).Order(StringComparer.Ordinal).SequenceEqual(Items(set, "spec", "template", "spec", "containers").SelectMany(Places).Order(StringComparer.Ordinal)));
        Check(found, "kind: it is to run once", Text(pod, "kind") == "Pod" && Text(pod, "spec", "restartPolicy") == "Never");
        Check(found, "namespace: not the worker's", Text(pod, "metadata", "namespace") == "crmsync");
        Check(found, "labels: the service would send it webhooks", Map(pod, "metadata", "labels").Count == 0);
        Check(found, "claim: not the one of the worker's data", Items(pod, "spec", "volumes").Any(v => Text(v, "persistentVolumeClaim", "claimName") == "data-crmsync-0"));
        Pod(found, Map(pod, "spec"));
        return found;
    }

    /// <summary>In: webhooks, and nothing else. Out: what the product can be told to speak to, and nothing else.</summary>
    private static void Network(List<string> found, Dictionary<object, object>? policy)
    {
        Check(found, "kind: a network policy is missing", policy is not null);
        Check(found, "podSelector: not every pod of the namespace", Map(policy, "spec", "podSelector").Count == 0);
        Check(found, "policyTypes: both ways", List(policy, "spec", "policyTypes").Order(StringComparer.Ordinal).SequenceEqual(["Egress", "Ingress"]));
        Check(found, "ingress: webhooks only", Ports(policy, "ingress").SequenceEqual(["8080"]));
        var open = Ports(policy, "egress");
        foreach (var (port, purpose) in Outwards)
            Check(found, $"egress {port}: shut, though it is for {purpose}", open.Contains(port));
        Check(found, "egress: a port that is for nothing", open.All(port => Outwards.Any(o => o.Port == port)));
    }

    private static List<string?> Ports(Dictionary<object, object>? policy, string way) =>
        [.. Items(policy, "spec", way).SelectMany(rule => Items(rule, "ports")).Select(port => Text(port, "port")).Distinct()];

    private static void Pod(List<string> found, Dictionary<object, object> pod)
    {
        foreach (var shared in new[] { "hostNetwork", "hostPID", "hostIPC" })
            Check(found, $"{shared}: it shares the node's", Text(pod, shared) is null or "false");
        Check(found, "automountServiceAccountToken: it needs no access to the cluster", Text(pod, "automountServiceAccountToken") == "false");
        Check(found, "terminationGracePeriodSeconds: it takes up to 8 s to stop", int.Parse(Text(pod, "terminationGracePeriodSeconds") ?? "30", CultureInfo.InvariantCulture) >= 10);
        Check(found, "runAsNonRoot: it must not be root", Text(pod, "securityContext", "runAsNonRoot") == "true");
        Check(found, "runAsUser: it is not the image's user", Text(pod, "securityContext", "runAsUser") == "1654");
        Check(found, "seccompProfile: it must be the runtime's", Text(pod, "securityContext", "seccompProfile", "type") == "RuntimeDefault");
        foreach (var volume in Items(pod, "volumes"))
            Check(found, $"volume {Text(volume, "name")}: of a kind that is not allowed", volume.Keys.All(k => (string)k == "name" || Volumes.Contains((string)k)));
        foreach (var container in Items(pod, "containers").Concat(Items(pod, "initContainers")))
            Container(found, container);
    }

    private static void Container(List<string> found, Dictionary<object, object> container)
    {
        var context = Map(container, "securityContext");
        Check(found, "allowPrivilegeEscalation: it must be false", Text(context, "allowPrivilegeEscalation") == "false");
        Check(found, "privileged: it must not be", Text(context, "privileged") is null or "false");
        Check(found, "readOnlyRootFilesystem: it must be true", Text(context, "readOnlyRootFilesystem") == "true");
        Check(found, "capabilities.drop: not all", List(context, "capabilities", "drop").SequenceEqual(["ALL"]));
        Check(found, "capabilities.add: none is needed", List(context, "capabilities", "add").Count == 0);
        Check(found, "limits.memory: there is none", Text(container, "resources", "limits", "memory") is not null);
        foreach (var mount in Items(container, "volumeMounts"))
            Check(found, $"mount {Text(mount, "name")}: it is writable", Text(mount, "readOnly") == "true" || Writable.Contains(Text(mount, "mountPath")));
    }

    private static void Probes(List<string> found, Dictionary<object, object> container)
    {
        foreach (var probe in new[] { "livenessProbe", "readinessProbe" })
            Check(found, $"{probe}: it asks by command", List(container, probe, "exec", "command").Contains("healthcheck"));
    }

    /// <summary>What is the same in every pod that works on the data: where things lie, and from where the settings come.</summary>
    private static List<string> Places(Dictionary<object, object> container) =>
    [
        .. Items(container, "volumeMounts").Select(mount => $"{Text(mount, "name")} at {Text(mount, "mountPath")}"),
        .. Items(container, "envFrom").Select(from => $"settings of {Text(from, "configMapRef", "name")}"),
    ];

    private static void Check(List<string> found, string violation, bool holds)
    {
        if (!holds)
            found.Add(violation);
    }

    private static List<Dictionary<object, object>> Read(string manifest)
    {
        var parser = new Parser(new StringReader(manifest));
        parser.Consume<StreamStart>();
        var documents = new List<Dictionary<object, object>>();
        while (parser.Accept<DocumentStart>(out _))
            documents.Add(new Deserializer().Deserialize<Dictionary<object, object>>(parser));
        return documents;
    }

    private static object? At(object? node, string[] path) =>
        path.Aggregate(node, (at, key) => at is Dictionary<object, object> map ? map.GetValueOrDefault(key) : null);

    private static string? Text(object? node, params string[] path) => At(node, path) as string;

    private static Dictionary<object, object> Map(object? node, params string[] path) => At(node, path) as Dictionary<object, object> ?? [];

    private static IReadOnlyList<string> List(object? node, params string[] path) => [.. (At(node, path) as List<object> ?? []).Cast<string>()];

    private static IEnumerable<Dictionary<object, object>> Items(object? node, params string[] path) =>
        (At(node, path) as List<object> ?? []).Cast<Dictionary<object, object>>();
}
