namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>What kind of trouble a file with leads is.</summary>
internal enum LeadFileFault
{
    /// <summary>There is no such file, or it may not be read.</summary>
    NotThere,

    /// <summary>The mapping is wrong, or does not fit the file.</summary>
    Mapping,

    /// <summary>The leads themselves cannot be understood.</summary>
    Data,
}

/// <summary>
/// What is wrong, where, and how to repair it. Says what was expected and never what was found: a cell may hold a person's name.
/// </summary>
internal sealed record LeadFileProblem(string Where, string Message, string Repair);

/// <summary>The only thing that the readers of lead files throw, with everything that is wrong.</summary>
internal sealed class LeadFileException(LeadFileFault fault, IReadOnlyList<LeadFileProblem> problems) : Exception(problems[0].Message)
{
    internal LeadFileException(LeadFileFault fault, string where, string message, string repair) : this(fault, [new(where, message, repair)])
    {
    }

    internal LeadFileFault Fault { get; } = fault;
    internal IReadOnlyList<LeadFileProblem> Problems { get; } = problems;
}
