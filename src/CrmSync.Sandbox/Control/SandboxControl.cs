using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.Control;

/// <summary>
/// The scenario's hand: what the control port offers, for callers in the same process. Refused calls throw <see cref="SandboxRequestException"/>.
/// </summary>
public sealed class SandboxControl
{
    private readonly World world;
    private readonly IReadOnlyDictionary<string, ISandboxCrm> crms;
    private readonly Func<string, Uri> urlOf;
    private int seed;

    internal SandboxControl(World world, IEnumerable<ISandboxCrm> crms, Func<string, Uri> urlOf, int seed)
    {
        this.world = world;
        this.crms = crms.ToDictionary(crm => crm.Name, StringComparer.Ordinal);
        this.urlOf = urlOf;
        this.seed = seed;
    }

    /// <summary>The names of the CRMs that this sandbox speaks.</summary>
    public IEnumerable<string> Crms => crms.Keys;

    /// <summary>The instant that the sandbox works with.</summary>
    public DateTimeOffset Now => world.Clock.Now;

    /// <summary>Forgets records, accounts, faults, webhooks, switches and the log, and opens new accounts.</summary>
    public ResetReply Reset(ResetRequest request)
    {
        request.Accounts.Keys.ToList().ForEach(name => Find(name));
        return world.Take(now =>
        {
            seed = request.Seed ?? seed;
            world.Faults.Clear(null);
            world.Pages.Clear();
            world.Later.Clear();
            world.Log.Clear();
            return new ResetReply([.. crms.Values.SelectMany(crm => crm.Reset(request.Accounts.GetValueOrDefault(crm.Name, request.Accounts.Count == 0 ? 1 : 0), seed, urlOf(crm.Name), now))]);
        });
    }

    /// <summary>Sets switches of a dialect until the next reset.</summary>
    public void SetSwitches(SwitchesRequest request) => Take(request.Crm, (crm, _) =>
    {
        crm.Switch(request.Switches);
        return 0;
    });

    /// <summary>Sets one switch of a dialect until the next reset.</summary>
    public void SetSwitch(string crm, string name, JsonNode? value) => SetSwitches(new SwitchesRequest { Crm = crm, Switches = new JsonObject { [name] = value } });

    /// <summary>Has an account send webhooks to an address.</summary>
    public void Subscribe(SubscriptionRequest request) => Take(request.Crm, (crm, _) =>
    {
        crm.Subscribe(request);
        return 0;
    });

    /// <summary>Adds the same people to each CRM named; to all that have an account when none is.</summary>
    public LeadsReply AddLeads(LeadsRequest request)
    {
        var targets = request.Crms.Count == 0 ? crms.Values.Where(crm => crm.IsOpen).ToList() : [.. request.Crms.Select(Find)];
        return world.Take(now => new LeadsReply([.. targets.SelectMany(crm => crm.AddLeads(request, now))]));
    }

    /// <summary>Makes many people at once.</summary>
    public GenerateReply Generate(GenerateRequest request) => Take(request.Crm, (crm, now) => crm.Generate(request, now));

    /// <summary>Does what a person does in the CRM.</summary>
    public ActReply Act(ActRequest request) => Take(request.Crm, (crm, now) => crm.Act(request, now));

    /// <summary>Injects a fault from now on.</summary>
    public FaultReply AddFault(FaultRequest request) => Take(request.Crm, (_, now) =>
    {
        var id = world.Faults.Add(request);
        Log(now, "fault", request.Crm, request.Match.Path, $"{request.Fault} set");
        return new FaultReply(id);
    });

    /// <summary>Ends all faults, or those of one CRM; revoked credentials work again.</summary>
    public void ClearFaults(string? crm = null) => world.Take(now =>
    {
        world.Faults.Clear(crm);
        foreach (var cleared in crm is null ? crms.Values : [Find(crm)])
        {
            cleared.RestoreCredentials();
        }

        Log(now, "fault", crm, null, "cleared");
        return 0;
    });

    /// <summary>Moves the clock, if it is the sandbox's own; an injected one is moved by its owner.</summary>
    public ClockReply MoveClock(ClockRequest request)
    {
        var clock = world.Clock;
        if (!clock.IsMovable)
        {
            throw new SandboxRequestException("This sandbox runs on a clock that was handed to it; move that one.");
        }

        clock.Advance(request.To is { } to ? to - clock.Now : Span(request.Advance));
        return world.Take(now =>
        {
            Log(now, "clock", null, null, "moved");
            return new ClockReply(now);
        });
    }

    /// <summary>The private key with which an account's app signs.</summary>
    public KeyReply Key(string crm, string? accountId = null) => Take(crm, (found, _) => new KeyReply(found.KeyOf(accountId)));

    /// <summary>Everything that a CRM holds about people, in one account or in all.</summary>
    public CrmState State(string crm, string? accountId = null) => Take(crm, (found, _) => found.State(accountId));

    /// <summary>Log entries with a number higher than the one given.</summary>
    public IReadOnlyList<LogEntry> Log(long after = 0) => world.Take(_ => world.Log.After(after));

    private T Take<T>(string name, Func<ISandboxCrm, DateTimeOffset, T> work)
    {
        var crm = Find(name);
        return world.Take(now => work(crm, now));
    }

    private ISandboxCrm Find(string name) => crms.GetValueOrDefault(name)
        ?? throw new SandboxRequestException($"This sandbox does not speak '{name}'. It speaks: {string.Join(", ", crms.Keys)}.");

    private static TimeSpan Span(string? text)
    {
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            ? span
            : throw new SandboxRequestException("Send 'to', an instant, or 'advance', seconds or a time span.");
    }

    private void Log(DateTimeOffset now, string kind, string? crm, string? path, string reply) =>
        world.Log.Append(new LogEntry { At = now, Kind = kind, Crm = crm, Identity = "control", Path = path, Reply = reply });
}
