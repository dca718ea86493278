using System.Security.Cryptography;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>
/// Holds the rule set in force and renews it from its file when rung. A file that is broken, or still being written,
/// leaves the old rules in force.
/// </summary>
internal sealed class RuleSource
{
    private readonly string _path;
    private readonly Lock _reload = new();
    private volatile RuleSet _current;
    private string _lastHash;
    private IReadOnlyList<RuleFileProblem> _lastProblems = [];

    private RuleSource(string path, RuleSet first) => (_path, _current, _lastHash) = (path, first, first.Hash);

    /// <summary>The rules in force. Whoever judges takes it once and keeps it for the pass.</summary>
    internal RuleSet Current => _current;

    /// <summary>How many errors the file has as it lies there; 0 when it is in force.</summary>
    internal int Errors => _lastProblems.Count(p => p.Severity == ProblemSeverity.Error);

    /// <summary>How often a changed file was taken into use, and how often it was not, since the start.</summary>
    internal long ReloadsTaken { get; private set; }
    internal long ReloadsRefused { get; private set; }

    /// <summary>The source of a file, or null with its problems; there is no rule set to fall back on at start.</summary>
    internal static (RuleSource? Source, IReadOnlyList<RuleFileProblem> Problems) Open(string path)
    {
        var result = RuleFile.Load(path);
        return (result.RuleSet is { } rules ? new RuleSource(path, rules) : null, result.Problems);
    }

    /// <summary>Reads the file again. The answer says whether other rules are in force now, and what is wrong with the file.</summary>
    internal RuleReload TryReload()
    {
        lock (_reload)
        {
            var (first, second) = (Hash(), Hash());
            // Two unlike readings: an editor is at it. The next ring will see the whole file.
            if (first is not null && first != second)
                return new(false, _current, _lastProblems);
            if (first == _lastHash)
                return new(false, _current, _lastProblems);
            var result = RuleFile.Load(_path);
            (_lastHash, _lastProblems) = (first ?? "", result.Problems);
            if (result.RuleSet is null)
                ReloadsRefused++;
            if (result.RuleSet is not { } taken || taken.Hash == _current.Hash)
                return new(false, _current, _lastProblems);
            ReloadsTaken++;
            _current = taken;
            return new(true, taken, _lastProblems);
        }
    }

    private string? Hash()
    {
        try
        {
            using var file = File.OpenRead(_path);
            return file.Length > RuleFile.MaxBytes ? "" : Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary><paramref name="Rules"/> are those in force after the reload.</summary>
internal sealed record RuleReload(bool Changed, RuleSet Rules, IReadOnlyList<RuleFileProblem> Problems);
