using System.Globalization;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Control;

namespace CrmSync.Tests.Support;

/// <summary>How the built program is set up beside a sandbox, and what the checker is to know of it.</summary>
internal static class ProgramFacts
{
    public static Dictionary<string, string> Environment(AccountCard account, int port) => new()
    {
        ["CRMSYNC__Connections__main__Crm"] = "hubspot",
        ["CRMSYNC__Connections__main__AccountId"] = account.AccountId,
        ["CRMSYNC__Connections__main__BaseUrl"] = account.BaseUrl,
        ["CRMSYNC__Connections__main__Token"] = account.Token,
        ["CRMSYNC__Connections__main__WebhookSecrets__0"] = account.WebhookSecret,
        ["CRMSYNC__Connections__main__Mode"] = "live",
        ["CRMSYNC__Connections__main__PollInterval"] = "00:00:05",
        ["CRMSYNC__Connections__main__Mapping__Options__SettleSeconds"] = "1",
        ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
        ["CRMSYNC__Webhooks__Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["CRMSYNC__Admin__Port"] = "0",
    };

    public static RunFacts Of(AccountCard account, SandboxControl control, DateTimeOffset setUpAt, DateTimeOffset liveAt)
    {
        // A stage of our own making: the account names it by a number.
        var accepted = control.Log().SelectMany(e => e.Effects)
            .FirstOrDefault(e => e is { Field: CrmFields.Stage, Before: "marketingqualifiedlead" } && e.Actor.StartsWith("api:", StringComparison.Ordinal))?.After ?? "";
        return new()
        {
            Connection = "main", OurIdentity = "static", SetUpAt = setUpAt, LiveAt = liveAt,
            StageOrder = ["subscriber", "lead", "marketingqualifiedlead", accepted, "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"],
            StageValues = new Dictionary<string, string>
            {
                ["Lead"] = "lead", ["MarketingQualified"] = "marketingqualifiedlead", ["SalesAccepted"] = accepted, ["SalesQualified"] = "salesqualifiedlead",
                ["Opportunity"] = "opportunity", ["Customer"] = "customer",
            },
            // 114 and 5 leave the worker; what is late on its way falls into the next window, on a busy machine more so.
            Quotas = [new("!/search", TimeSpan.FromSeconds(10), 130), new("/search", TimeSpan.FromSeconds(1), 7)],
            AllowedHosts = new HashSet<string> { new Uri(account.BaseUrl).Authority },
            Canaries = [account.Token, account.WebhookSecret],
        };
    }
}
