using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Commands.Rules;

/// <summary>Trouble with a file of leads as an exit code: 64 not there, 78 the mapping, 65 the leads.</summary>
internal static class LeadFailures
{
    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LeadFileException failure)
        {
            throw Of(failure);
        }
    }

    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (LeadFileException failure)
        {
            throw Of(failure);
        }
    }

    private static CommandFailure Of(LeadFileException failure)
    {
        var (exit, code) = failure.Fault switch
        {
            LeadFileFault.NotThere => (ExitCode.Usage, "usage"),
            LeadFileFault.Mapping => (ExitCode.Configuration, "mapping"),
            _ => (ExitCode.DataDamaged, "leads"),
        };
        return new(exit, code, [.. failure.Problems.Select(p => new SettingProblem(p.Where, p.Message, p.Repair.Length > 0 ? p.Repair : "Correct the file."))]);
    }
}
