namespace CrmSync.Worker.Rules;

internal enum ProblemSeverity
{
    /// <summary>The file is not used, or a part of it cannot mean what it says.</summary>
    Error,

    /// <summary>The file works; somebody should look.</summary>
    Warning,

    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,
}

/// <summary>What is wrong in a rule file, where (line and column from 1), and what to write instead.</summary>
internal sealed record RuleFileProblem(string File, int Line, int Column, string Message, string Repair, ProblemSeverity Severity)
{
    /// <summary>The form that editors make clickable.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Severity switch { ProblemSeverity.Error => "error", ProblemSeverity.Warning => "warning", _ => "note" }}: {Message}{(Repair.Length > 0 ? $" {Repair}" : "")}";
}
