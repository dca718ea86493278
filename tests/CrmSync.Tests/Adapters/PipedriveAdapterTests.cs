using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Tests.Adapters;

/// <summary>The contract on Pipedrive's dialect, and Pipedrive's own quirks.</summary>
public class PipedriveAdapterTests : CrmAdapterContract
{
    internal override Task<CrmStage> StartAsync() => CrmStage.StartAsync(Dialect(), new SandboxOptions { Pipedrive = Switches });

    internal virtual PipedriveSwitches Switches => new() { Plan = "Ultimate", Seats = 100, InactiveUsers = ["rep3"] };

    internal virtual CrmDialect Dialect() => new(
        "pipedrive",
        services => services.AddPipedrive(),
        card => Connection(card),
        new() { Method = "GET", Path = "/api/v1/leads/" },
        new() { Method = "PATCH", Path = "/api/v1/leads/" },
        "5d0c2f10-1611-11f1-8a51-0f2b6c0d9e77")
    {
        Makes = new() { Method = "POST", Path = "*/api/v2/activities" },
        Moves = ("convert", false),
        SetUpPath = "/api/v2/dealFields",
        BatchSize = 1,
        Companies = "organizations",
        Words = new("subject", "note", "content", "done", "true", "<br>[", text => text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal)),
    };

    internal static CrmConnection Connection(AccountCard card, params (string Name, string Value)[] options) => new()
    {
        Name = "main",
        Crm = "pipedrive",
        AccountId = card.AccountId,
        BaseUrl = new Uri(card.BaseUrl),
        Token = new Secret(card.Token),
        QuotaShare = 1,
        Mapping = new() { Options = options.ToDictionary(o => o.Name, o => o.Value) },
    };
}
