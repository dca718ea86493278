using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>The demo's CRMs: the sandbox in this process, on the demo's clock.</summary>
internal sealed class DemoSandbox : IAsyncDisposable
{
    private readonly SandboxHost _host;
    private readonly SimulatedClock _clock;
    private readonly IReadOnlyList<AccountCard> _accounts;
    private readonly Dictionary<string, DemoCrowd> _crowds = [];
    private readonly Dictionary<string, string> _keys = [];
    private long _read;

    private DemoSandbox(SandboxHost host, SimulatedClock clock, IReadOnlyList<AccountCard> accounts) =>
        (_host, _clock, _accounts) = (host, clock, accounts);

    public SandboxHost Host => _host;

    /// <summary>Answers to the worker's requests, by CRM and status.</summary>
    public SortedDictionary<string, SortedDictionary<string, long>> Requests { get; } = [];

    public DateTimeOffset? NextWebhook => _host.NextWebhookDue;

    public static async Task<DemoSandbox> StartAsync(DemoOptions options, SimulatedClock clock, CancellationToken cancellationToken)
    {
        var host = await SandboxHost.StartAsync(
            new()
            {
                ControlPort = 0, HubSpotPort = 0, Seed = options.Seed, Clock = clock, AutoDeliver = false,
                // The longest that an org can choose: the demo's polls lie as far apart as the usual two hours.
                Salesforce = new() { SessionSeconds = 24 * 3600 },
                // Writes go one by one: small bursts would make the demo wait on its own clock.
                Pipedrive = new() { Plan = "Ultimate", Seats = 20 },
            }, cancellationToken);
        var reply = host.Control.Reset(new() { Seed = options.Seed, Accounts = options.Crms.ToDictionary(crm => crm, _ => 1) });
        return new(host, clock, reply.Accounts);
    }

    public AccountCard AccountOf(string crm) => _accounts.First(a => a.Crm == crm);

    public IDemoCrm Of(string crm) => new Surface(this, crm);

    public void Attach(string crm, DemoCrowd crowd) => _crowds[crm] = crowd;

    /// <summary>What people did in a CRM, and the tasks and notes that stand there.</summary>
    public DemoDeeds DoneIn(string crm)
    {
        var leads = _host.Control.State(crm).Leads;
        return new(_crowds[crm].Done, leads.Sum(l => l.Tasks.Count), leads.Sum(l => l.Tasks.Count(t => !DemoWords.IsDone(t.Fields))), leads.Sum(l => l.Notes.Count));
    }

    public void Subscribe(Uri webhooks)
    {
        foreach (var account in _accounts.Where(a => DemoEvents.Of(a.Crm).Count > 0))
            _host.Control.Subscribe(new() { Crm = account.Crm, AccountId = account.AccountId, Url = new Uri(webhooks, $"/webhooks/{account.Crm}"), Events = DemoEvents.Of(account.Crm) });
    }

    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        using var flight = _clock.InFlight();
        await _host.DeliverDueWebhooksAsync(cancellationToken);
    }

    /// <summary>Reads the log on from the last time: counts requests, and shows the crowd the hand-over fields that changed.</summary>
    public void Notice(DateTimeOffset now)
    {
        foreach (var entry in _host.Control.Log(_read))
        {
            _read = entry.N;
            if (entry.Crm is not { } crm)
                continue;
            if (entry.Kind == "request" && entry.Status is { } status)
                Count(crm, status);
            // A conversion copies the field to the contact, which tells nobody anything new: what was written is told.
            foreach (var effect in entry.Effects.Where(e => DemoWords.IsHandover(e.Field) && e.After is not null && e.Actor.StartsWith("api:", StringComparison.Ordinal)))
                _crowds[crm].Notice(KeyOf(crm, effect.Id), DemoWords.StateOf(effect.After!), now);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Whose record it is: a lead's, or that of the contact or deal which it became.</summary>
    private string KeyOf(string crm, string id)
    {
        if (!_keys.TryGetValue($"{crm}/{id}", out var key))
            key = _keys[$"{crm}/{id}"] = _host.Control.State(crm).Leads.FirstOrDefault(l => l.Id == id || DemoWords.Became(l.Fields, id))?.Key ?? "";
        return key;
    }

    private void Count(string crm, int status)
    {
        var counts = Requests.TryGetValue(crm, out var known) ? known : Requests[crm] = [];
        var key = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    /// <summary>One CRM as its users see it.</summary>
    private sealed class Surface(DemoSandbox sandbox, string crm) : IDemoCrm
    {
        public Task AddAsync(IEnumerable<DemoPerson> people, CancellationToken cancellationToken)
        {
            var now = sandbox._clock.GetUtcNow();
            var reply = sandbox._host.Control.AddLeads(new() { Crms = [crm], Leads = [.. people.Select(p => Spec(p, now))] });
            foreach (var id in reply.Ids)
                sandbox._keys[$"{crm}/{id.Id}"] = id.Key;
            return Task.CompletedTask;
        }

        public Task ActAsync(ActRequest act, CancellationToken cancellationToken)
        {
            sandbox._host.Control.Act(act with { Fields = act.Fields.ToDictionary(f => DemoWords.FieldIn(crm, f.Key), f => f.Value) });
            return Task.CompletedTask;
        }

        public Task LearnAsync(string key, string rep, bool hasBudget, CancellationToken cancellationToken) => ActAsync(
            new()
            {
                Crm = crm,
                Key = key,
                Act = "edit",
                Person = rep,
                Fields = new Dictionary<string, string?> { ["bant_need"] = "yes", ["bant_timeline"] = "yes", ["bant_budget"] = hasBudget ? "yes" : "unknown" },
            },
            cancellationToken);

        private static LeadSpec Spec(DemoPerson person, DateTimeOffset now) => new()
        {
            Key = person.Key,
            Name = person.Name,
            Email = person.Email,
            JobTitle = person.Role,
            Phone = person.Phone,
            Country = person.Country,
            Company = new() { Key = person.CompanyKey, Name = person.Company, Domain = person.CompanyKey, Industry = person.Industry, Employees = person.Employees, Country = person.Country },
            Consent = !person.OptedOut,
            Engagement = [.. person.Acts.Where(a => a.At <= now).Select(a => new EngagementSpec { Kind = a.Kind, At = a.At, Title = a.Title })],
        };
    }
}
