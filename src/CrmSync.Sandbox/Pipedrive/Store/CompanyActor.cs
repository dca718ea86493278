using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>A user of the company; the key is the scenario's word for the person.</summary>
internal sealed record PipedriveUser(string Key, long Id, string Name, string Email);

/// <summary>Who changed something: the user, whether by the surface (<c>app</c>) or the API (<c>api</c>), and the name that the sandbox's log uses.</summary>
internal sealed record CompanyActor(PipedriveUser User, string Source, string LogName)
{
    public static CompanyActor Api(PipedriveUser user, string identity) => new(user, "api", "api:" + identity);

    public static CompanyActor Person(PipedriveUser user) => new(user, "app", "person:" + user.Key);

    /// <summary>A workflow of the company runs as whoever made it.</summary>
    public static CompanyActor Automation(PipedriveUser user) => new(user, "app", "automation");

    /// <summary>What visitors do is written by the company's marketing tool.</summary>
    public static CompanyActor Visitor(PipedriveUser user) => new(user, "api", "visitor");

    public static CompanyActor Import(PipedriveUser user) => new(user, "app", "control");
}

/// <summary>Under whose name and which instant a change is made, and what came of it.</summary>
internal sealed record CompanyWrite(CompanyActor Actor, DateTimeOffset At)
{
    public List<Effect> Effects { get; init; } = [];

    /// <summary>By what the work of one call can be traced.</summary>
    public string CorrelationId { get; init; } = Guid.Empty.ToString();

    /// <summary>Whether nobody outside is told.</summary>
    public bool IsUntold { get; init; }
}
