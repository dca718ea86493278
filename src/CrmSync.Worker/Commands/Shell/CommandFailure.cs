using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>The exit codes of every command, after sysexits.</summary>
public enum ExitCode
{
    Done = 0,

    /// <summary>A case or lint fails.</summary>
    Failed = 1,
    Usage = 64,
    DataDamaged = 65,
    Unavailable = 69,
    Internal = 70,
    NotWritable = 73,
    InputOutput = 74,
    Busy = 75,
    Refused = 77,
    Configuration = 78,

    /// <summary>By a signal, before it was done; what shells answer, too.</summary>
    Interrupted = 130,
}

/// <summary>Ends a command with an exit code and everything that is wrong.</summary>
internal sealed class CommandFailure(ExitCode exit, string code, IReadOnlyList<SettingProblem> problems) : Exception(code)
{
    public CommandFailure(ExitCode exit, string code, string problem, string repair)
        : this(exit, code, [new("", problem, repair)])
    {
    }

    public ExitCode Exit { get; } = exit;
    public string Code { get; } = code;
    public IReadOnlyList<SettingProblem> Problems { get; } = problems;
}
