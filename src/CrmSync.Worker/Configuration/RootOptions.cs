using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CrmSync.Worker.Configuration;

/// <summary>All settings as written: what <c>appsettings.json</c> may hold, and its defaults.</summary>
public sealed class RootOptions
{
    [Description("Where the store, its keys and its anchors lie; relative to the caller's directory.")]
    public string DataDirectory { get; set; } = "data";

    [Description("The rule file. Relative to the folder of the file that --config names where it stands there, else to the caller's directory; sal-rules.yaml is looked for in the data directory, too, and beside the program.")]
    public string Rules { get; set; } = "sal-rules.yaml";

    [Description("An IANA name. Business hours and texts go by this zone.")]
    public string TimeZone { get; set; } = "Europe/Copenhagen";

    [Description("Secrets as files, one a setting, named as in the environment: Connections__main__Token. Other files in it are left alone.")]
    public string SecretsDirectory { get; set; } = "/run/secrets";

    [AllowedValues("trace", "debug", "information", "warning")]
    [Description("How much the worker logs of its own work; secrets and people's names at no level.")]
    public string LogLevel { get; set; } = "information";

    [Description("Where webhooks are taken.")]
    public EndPointOptions Webhooks { get; set; } = new() { Address = "0.0.0.0", Port = 8080 };

    [Description("Where health and metrics are shown: for this machine only, unless you say otherwise.")]
    public EndPointOptions Admin { get; set; } = new() { Address = "127.0.0.1", Port = 8081 };

    [Description("Whom to tell of offers past their deadline, for all connections that say nothing else.")]
    public NotifyOptions Notify { get; set; } = new();

    [Description("Where the page of each week goes.")]
    public ReportOptions WeeklyReport { get; set; } = new();

    [Description("The CRMs by a name of your own: a letter, then letters, digits, - and _.")]
    public IDictionary<string, ConnectionOptions> Connections { get; } = new Dictionary<string, ConnectionOptions>();
}

/// <summary><c>Webhooks</c> and <c>Admin</c>.</summary>
public sealed class EndPointOptions
{
    [Description("An IP address; 0.0.0.0 is all of this machine's.")]
    public string Address { get; set; } = "";

    [Range(0, 65535)]
    [Description("0 takes any free port.")]
    public int Port { get; set; }
}

/// <summary>Marks a setting whose value no screen, log or error may show.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConcealedAttribute : Attribute;
