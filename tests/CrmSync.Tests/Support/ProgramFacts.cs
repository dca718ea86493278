using System.Globalization;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Control;

namespace CrmSync.Tests.Support;

/// <summary>How the built program is set up beside a sandbox, and what the checker is to know of it.</summary>
internal static class ProgramFacts
{
    private const string Connection = "CRMSYNC__Connections__main__";

    public static Dictionary<string, string> Environment(ProgramCrm crm, AccountCard account, int port, string? stageOnRejected)
    {
        var environment = new Dictionary<string, string>
        {
            [Connection + "Crm"] = crm.Name,
            [Connection + "AccountId"] = account.AccountId,
            [Connection + "BaseUrl"] = account.BaseUrl,
            [Connection + "WebhookSecrets__0"] = account.WebhookSecret,
            [Connection + "Mode"] = "live",
            [Connection + "PollInterval"] = "00:00:05",
            ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
            ["CRMSYNC__Webhooks__Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["CRMSYNC__Admin__Port"] = "0",
        };
        if (stageOnRejected is not null)
            environment[Connection + "Mapping__StageOnRejected"] = stageOnRejected;
        foreach (var (name, value) in crm.Credentials(account))
            environment[Connection + name] = value;
        foreach (var (name, value) in crm.Options)
            environment[$"{Connection}Mapping__Options__{name}"] = value;
        return environment;
    }

    public static RunFacts Of(ProgramCrm crm, AccountCard account, SandboxControl control, DateTimeOffset setUpAt, DateTimeOffset liveAt, string? stageOnRejected = null) => crm.Facts(control, new()
    {
        Connection = "main", OurIdentity = "", SetUpAt = setUpAt, LiveAt = liveAt, StageOrder = [], StageValues = new Dictionary<string, string>(),
        BackwardTo = stageOnRejected is null ? new HashSet<string>() : new HashSet<string> { stageOnRejected },
        AllowedHosts = new HashSet<string> { new Uri(account.BaseUrl).Authority },
        Canaries = [.. new[] { account.Token, account.WebhookSecret, account.ClientSecret }.Where(secret => !string.IsNullOrEmpty(secret))],
    });
}
