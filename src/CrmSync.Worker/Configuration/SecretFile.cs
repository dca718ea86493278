using CrmSync.Adapters;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Configuration;

/// <summary>A secret that stands in a setting or in a file that the setting beside it names.</summary>
internal static class SecretFile
{
    /// <summary>Null: there is none, or a problem was added.</summary>
    public static Secret? Read(string setting, string? value, string? file, List<SettingProblem> problems)
    {
        if (!string.IsNullOrEmpty(value))
            return new(value);
        if (string.IsNullOrEmpty(file))
            return null;
        if (!File.Exists(file))
            return Wrong(problems, setting, Missing(file), "Mount the secret there, or correct the path.");
        string content;
        try
        {
            content = File.ReadAllText(file).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Wrong(problems, setting, $"The file at {file} cannot be read.", $"Let the user that runs crmsync read it: chown {ProcessUser.Id} on the file, or chmod 444.");
        }
        return content.Length > 0 ? new(content) : Wrong(problems, setting, $"The file at {file} is empty.", "Write the secret into it.");
    }

    // What is no path may be the secret itself, in the wrong place.
    private static string Missing(string file) => Path.IsPathRooted(file) ? $"There is no file at {file}." : "There is no such file in the directory of the call.";

    private static Secret? Wrong(List<SettingProblem> problems, string setting, string problem, string repair)
    {
        problems.Add(new($"{setting}File", problem, repair));
        return null;
    }
}
