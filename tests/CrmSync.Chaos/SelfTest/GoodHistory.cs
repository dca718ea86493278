using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Leads;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A few days of a small company, played once: everything that a history is checked for happens in it, and nothing goes wrong.</summary>
public sealed class GoodHistory : IAsyncLifetime
{
    private static readonly RigSetting Setting = new() { PollInterval = TimeSpan.FromMinutes(1), StageOnRejected = LifecycleStage.Lead };
    private Rig _rig = null!;
    private OwnWebhooks _webhooks = null!;

    public RunHistory History { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await Rig.StartAsync(Setting, [.. "anna bo carl dora eva finn gina hans ida jon kim lea".Split(' ').Select(Lead)]);
        _webhooks = new(_rig);
        await _rig.GoLiveAsync();
        await _rig.RestAsync();
        await PlayAsync();
        History = await RigRecord.TakeAsync(_rig, _webhooks.Sent, []);
    }

    public async ValueTask DisposeAsync()
    {
        _webhooks.Dispose();
        await _rig.DisposeAsync();
    }

    private async Task PlayAsync()
    {
        RaiseHands("anna", "bo", "carl", "dora", "eva", "finn", "ida");
        Act("hans", "submit-form", null, fields: new() { ["kind"] = "webinarAttended" });
        Act("hans", "submit-form", null, fields: new() { ["kind"] = "contentDownload" });
        Act("kim", "submit-form", null, fields: new() { ["kind"] = "contentDownload" });
        await _rig.RestAsync(TimeSpan.FromMinutes(5));
        Act("anna", "accept");
        Act("bo", "reject", reason: "no need");
        Act("carl", "return");
        Act("dora", "set-stage", stage: "SalesQualified");
        Act("eva", "delete");
        Act("finn", "merge", into: "gina");
        Act("ida", "accept");
        Act("jon", "set-stage", stage: "MarketingQualified");
        _webhooks.Send(IdOf("lea"), authentic: true);
        _webhooks.Send(IdOf("lea"), authentic: false);
        await _webhooks.FinishAsync();
        await _rig.RestAsync(TimeSpan.FromHours(5));
        Act("carl", "edit", "marketing", fields: new() { ["company.numberofemployees"] = "240" });
        Act("ida", "win");
        Act("lea", "edit", "marketing", fields: new() { ["city"] = "Aarhus" });
        await _rig.RestAsync(TimeSpan.FromHours(20));
        Act("carl", "accept");
        Act("hans", "reject", reason: "bad timing");
        await _rig.RestAsync(TimeSpan.FromHours(1));
        RaiseHands("bo");
        await _rig.RestAsync(TimeSpan.FromDays(1));
    }

    private string IdOf(string key) => _rig.Leads().First(l => l.Key == key).Id;

    private void RaiseHands(params string[] keys)
    {
        foreach (var key in keys)
            Act(key, "submit-form", null, fields: new() { ["kind"] = "handRaise", ["title"] = "Demo request: Book a demo" });
    }

    private void Act(string key, string act, string? person = "rep-1", string? reason = null, string? stage = null, string? into = null, Dictionary<string, string?>? fields = null) =>
        _rig.Control.Act(new() { Crm = "hubspot", Key = key, Act = act, Person = person, Reason = reason, Stage = stage, Into = into, Fields = fields ?? [] });

    private static LeadSpec Lead(string key) => new()
    {
        Key = key,
        Name = $"Anna {key}",
        Email = $"{key}@{key}.example",
        JobTitle = "Head of Production",
        Phone = "+45 20000000",
        Country = "Denmark",
        Company = new() { Key = $"co-{key}", Name = $"Company {key}", Domain = $"{key}.example", Industry = "MACHINERY", Employees = 140, Country = "Denmark" },
    };
}
