namespace CrmSync.Worker.Commands.Demo;

/// <summary>Something a demo lead does of its own accord.</summary>
internal sealed record DemoAct(DateTimeOffset At, string Kind, string? Title = null);

/// <summary>A lead of the demo: who they are and what they will do before sales has spoken to them.</summary>
internal sealed record DemoPerson(
    string Key, string Name, string Email, string Role, string? Phone, string Country,
    string CompanyKey, string Company, string Industry, int? Employees,
    DateTimeOffset ArrivesAt, bool OptedOut, IReadOnlyList<DemoAct> Acts);
