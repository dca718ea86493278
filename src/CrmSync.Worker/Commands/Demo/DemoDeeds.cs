namespace CrmSync.Worker.Commands.Demo;

/// <summary>How often people did what in one CRM, and the tasks and notes in it.</summary>
internal sealed record DemoDeeds(IReadOnlyDictionary<string, int> People, int Tasks, int OpenTasks, int Notes);
