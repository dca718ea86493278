using CrmSync.Benchmarks.Load;
using CrmSync.Benchmarks.Processes;
using CrmSync.Benchmarks.Product;

namespace CrmSync.Benchmarks.Bars;

/// <summary>One of the two sides of a comparison: a process that takes webhooks.</summary>
internal sealed class Server(string name, int processId, int port, IAsyncDisposable life) : IAsyncDisposable
{
    public const string Secret = "benchmark-secret";

    public string Name => name;
    public int ProcessId => processId;
    public int Port => port;

    /// <summary>Starts a role of this program that listens on a port.</summary>
    public static async Task<Server> RoleAsync(string role, params string[] more)
    {
        var port = Ports.Free(1)[0];
        var child = Child.Role(new Dictionary<string, string>(), [role, "--port", $"{port}", "--secret", Secret, "--signed-as", ProductSettings.PublicUrl, .. more]);
        if (await child.ReadAsync(TimeSpan.FromSeconds(60)) is null)
            throw new InvalidOperationException($"The role {role} did not start: {child.LastErrors}");
        return new(role, child.Id, port, child);
    }

    public static async Task<(Server Server, ProductProcess Product)> ProductAsync(string data, Uri crm)
    {
        var ports = Ports.Free(2);
        var product = await ProductProcess.StartAsync(new() { Data = data, WebhookPort = ports[0], AdminPort = ports[1], Crm = crm, Secret = Secret, QuotaShare = 1, Options = ProductSettings.Unlimited });
        return (new("product", product.Id, ports[0], product), product);
    }

    /// <summary>Requests to it by the driver.</summary>
    public LoadPlan Plan(int connections, double seconds, int requests, long firstLead, int leads) => new()
    {
        Port = port,
        Path = ProductSettings.WebhookPath,
        SignedAs = ProductSettings.PublicUrl,
        Secret = Secret,
        Connections = connections,
        Seconds = seconds,
        Requests = requests,
        FirstLead = firstLead,
        Leads = leads,
    };

    public ValueTask DisposeAsync() => life.DisposeAsync();
}
